import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeNeeding } from '../support/needs.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, recorder } from './sending.ts';
import { subscribe } from './subscriber.ts';

const message = { topic: 'particled/test/tile', payload: '{"sequence":1}', retain: false };

describeNeeding(ofMosquitto)('a connection to mosquitto over MQTT 5', () => {
  it('marks the payload as JSON that does not expire', async () => {
    const server = await mosquitto();
    await server.start();
    const subscriber = await subscribe(server.url, 5);
    const broker = connection(server.url);
    await connected(broker);
    await broker.publish(message);
    await subscriber.count(1);
    const [received] = subscriber.received;
    expect(received?.payload).toBe('{"sequence":1}');
    expect(received?.properties).toMatchObject({
      contentType: 'application/json',
      payloadFormatIndicator: true,
    });
    expect(received?.properties).not.toHaveProperty('messageExpiryInterval');
  });

  it('heeds how many unanswered messages the broker takes', async () => {
    const server = await mosquitto(['max_inflight_messages 7']);
    await server.start();
    const broker = connection(server.url);
    await connected(broker);
    expect(broker.receiveMaximum).toBe(7);
  });

  it('tells once that the broker is down at start, and once that it is back', async () => {
    const server = await mosquitto();
    const logger = recorder();
    let connects = 0;
    const broker = connection(server.url, { logger });
    broker.onConnect(() => {
      connects += 1;
    });
    // Long enough for the second attempt, 500 ms after the first.
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(logger.lines.map((line) => line.level)).toEqual(['warn']);
    expect(logger.lines[0]?.facts).toMatchObject({ err: expect.stringContaining('ECONNREFUSED') });
    await server.start();
    await connected(broker);
    expect(logger.lines.map((line) => line.message)).toEqual([
      'no connection to broker; messages wait, trying again',
      'broker is back',
    ]);
    expect(connects).toBe(1);
  });

  it('refuses a message while there is no connection, instead of piling it up', async () => {
    const server = await mosquitto();
    await expect(connection(server.url).publish(message)).rejects.toThrow(/not connected to mqtt:\/\/127/);
  });

  it('finds a frozen broker by its silence, gives the message back, and connects again', async () => {
    const server = await mosquitto();
    await server.start();
    const broker = connection(server.url, { keepaliveS: 1 });
    await connected(broker);
    server.freeze();
    await expect(broker.publish(message)).rejects.toThrow(/not acknowledged/);
    expect(broker.connected).toBe(false);
    server.thaw();
    await connected(broker);
    await broker.publish(message);
  });

  it('closes beside a frozen broker', async () => {
    const server = await mosquitto();
    await server.start();
    const broker = connection(server.url);
    await connected(broker);
    server.freeze();
    const start = performance.now();
    await broker.close();
    // The farewell may take 1 s.
    expect(performance.now() - start).toBeLessThan(3_000);
    server.thaw();
  });

  it('leaves its last will when it goes without a farewell, and none when it says goodbye', async () => {
    const server = await mosquitto();
    await server.start();
    const subscriber = await subscribe(server.url, 5);
    const will = { topic: 'particled/test/status', payload: '{"state":"offline"}' };
    const polite = connection(server.url, { will });
    await connected(polite);
    await polite.close();
    const first = connection(server.url, { will });
    await connected(first);
    expect(subscriber.received).toEqual([]);
    // A second client of the same name makes the broker cut the first one off, as a crash does.
    await connected(connection(server.url));
    await subscriber.count(1);
    expect(subscriber.received[0]).toMatchObject({
      topic: 'particled/test/status',
      payload: '{"state":"offline"}',
      properties: { contentType: 'application/json' },
    });
    await first.close();
  });
});

describe('the broker options', () => {
  it('refuse a URL of another protocol', () => {
    expect(() => connection('http://127.0.0.1:1883')).toThrow(/starts with http:\/\/, expected mqtt:/);
  });

  it('refuse TLS files beside an unencrypted URL', () => {
    expect(() => connection('mqtt://127.0.0.1:1883', { tls: { caFile: '/ca.pem' } })).toThrow(/use mqtts:/);
  });

  it('name a TLS file that cannot be read', () => {
    expect(() => connection('mqtts://127.0.0.1:8883', { tls: { caFile: '/missing/ca.pem' } })).toThrow(
      /mqtt\.caFile: \/missing\/ca.pem cannot be read/,
    );
  });
});

describeNeeding(ofMosquitto)('a connection over TLS', () => {
  /** A broker whose certificate nobody but the holder of its file trusts. */
  async function encrypted() {
    const folder = mkdtempSync(join(tmpdir(), 'particled-tls-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const certificate = join(folder, 'certificate.pem');
    const key = join(folder, 'key.pem');
    const request =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate];
    execFileSync('openssl', [...request.split(' '), ...names], { stdio: 'ignore' });
    const server = await mosquitto([`certfile ${certificate}`, `keyfile ${key}`]);
    await server.start();
    return { url: `mqtts://127.0.0.1:${server.port}`, certificate };
  }

  it('refuses a certificate that it does not trust, and does not fall back to plain text', async () => {
    const { url } = await encrypted();
    const logger = recorder();
    const broker = connection(url, { logger });
    await expect
      .poll(() => logger.lines, { timeout: 5_000 })
      .toMatchObject([{ level: 'warn', facts: { err: expect.stringMatching(/self.signed certificate/) } }]);
    expect(broker.connected).toBe(false);
  });

  it('connects where the certificate is trusted by file', async () => {
    const { url, certificate } = await encrypted();
    const broker = connection(url, { tls: { caFile: certificate } });
    await connected(broker);
    await broker.publish(message);
  });
});
