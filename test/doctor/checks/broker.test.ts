import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { startDaemon } from '../../../src/daemon.ts';
import { checkBroker } from '../../../src/doctor/checks/broker.ts';
import { tryBroker } from '../../../src/doctor/try-broker.ts';
import { createLogger } from '../../../src/logger.ts';
import { freePort, mosquitto, ofMosquitto } from '../../publish/mosquitto.ts';
import { embeddedBroker } from '../../publish/sending.ts';
import { describeNeeding } from '../../support/needs.ts';
import { premises, settingsFor } from '../../support/premises.ts';
import { selfSigned } from '../../support/smtp.ts';

function finding(mqtt: Record<string, unknown>) {
  return checkBroker(loadConfig(null, {}, { mqtt, instrument: { name: 'lab' } }));
}

const settings = (url: string) => loadConfig(null, {}, { mqtt: { broker: 'external', url } }).mqtt;
const external = (url: string, more = {}) => finding({ broker: 'external', url, ...more });

describeNeeding(ofMosquitto)('an external broker', () => {
  it('is well where a message on a topic below the instrument comes back, and keeps nothing of it', async () => {
    const server = await mosquitto();
    await server.start();
    const subscriber = await connectAsync(server.url, { protocolVersion: 5 });
    onTestFinished(() => subscriber.endAsync());
    const topics = new Set<string>();
    const payloads = new Set<string>();
    subscriber.on('message', (topic, payload, { retain }) => {
      topics.add(`${topic}${retain ? ' retained' : ''}`);
      payloads.add(String(payload));
    });
    await subscriber.subscribeAsync('#', { qos: 1, rap: true }); // tells what is to be retained
    expect(await external(server.url)).toEqual({
      check: 'broker',
      verdict: 'ok',
      found: expect.stringMatching(
        `^${server.url}: connected, subscribed, published and read back on particled/lab/doctor/`,
      ),
      advice: null,
    });
    await expect.poll(() => topics.size).toBeGreaterThan(0);
    expect([...topics]).toEqual([expect.stringMatching(/^particled\/lab\/doctor\/[0-9a-f]{8}$/)]);
    // What subscribers to everything of the instrument read, they can read as any message.
    expect([...payloads].map((payload) => JSON.parse(payload))).toEqual([
      { schema: 'particled/doctor/1', sequence: null, at: expect.any(String), instrument: 'lab' },
    ]);
  });

  it('is tried below mqtt.baseTopic, which the advice names', async () => {
    const { folder } = premises();
    const rules = join(folder, 'rules');
    writeFileSync(rules, 'topic readwrite site/particled/#\n');
    const server = await mosquitto([`acl_file ${rules}`]);
    await server.start();
    expect(await external(server.url, { baseTopic: 'site/particled' })).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining(' on site/particled/lab/doctor/'),
    });
    expect(await external(server.url, { baseTopic: 'site/other' })).toMatchObject({
      verdict: 'failure',
      advice: expect.stringContaining('write site/other/lab/#'),
    });
  });

  it("refuses a wrong password, in the broker's words", async () => {
    const { folder } = premises();
    const [users, passwordFile] = [join(folder, 'users'), join(folder, 'password')];
    execFileSync('mosquitto_passwd', ['-c', '-b', users, 'lab', 'secret'], { stdio: 'ignore' });
    const server = await mosquitto([`password_file ${users}`]);
    await server.start();
    const login = { username: 'lab', passwordFile };
    writeFileSync(passwordFile, 'secret\n');
    expect(await external(server.url, login)).toMatchObject({ verdict: 'ok' });
    writeFileSync(passwordFile, 'wrong\n');
    expect(await external(server.url, login)).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/no connection \(.*Not authorized\)$/),
      advice: expect.stringContaining('mqtt.passwordFile'),
    });
  });

  it('that lets nobody write there fails, one that lets nobody read there is attention', async () => {
    const { folder } = premises();
    const rules = join(folder, 'rules');
    writeFileSync(rules, 'topic read particled/#\n');
    const server = await mosquitto([`acl_file ${rules}`]);
    await server.start();
    expect(await external(server.url)).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/may not be published \(.*Not authorized\)$/),
      advice: expect.stringContaining('write particled/lab/#'),
    });
    writeFileSync(rules, 'topic write particled/#\n');
    server.reload();
    await expect
      .poll(
        async () => {
          const trial = {
            mqtt: settings(server.url),
            topic: 'particled/lab/doctor/a',
            payload: '{}',
            stepMs: 700,
          };
          return (await tryBroker(trial)).failedAt;
        },
        { timeout: 8000 },
      )
      .toMatch(/^(subscribe|read-back)$/);
  });

  it('is reached through TLS where its certificate is trusted, and not where nobody vouches for it', async () => {
    const { folder } = premises();
    const { caFile } = selfSigned(folder);
    const server = await mosquitto([`certfile ${caFile}`, `keyfile ${join(folder, 'key.pem')}`]);
    await server.start();
    const url = `mqtts://127.0.0.1:${server.port}`;
    expect(await external(url, { caFile })).toMatchObject({ verdict: 'ok' });
    expect(await external(url)).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('self-signed certificate'),
      advice: expect.stringContaining('mqtt.caFile'),
    });
    expect(await external(server.url)).toMatchObject({
      verdict: 'failure',
      advice: expect.stringContaining('mqtts://'),
    });
  });

  it('that is down fails, and one that is frozen is not waited for', async () => {
    const server = await mosquitto();
    expect(await external(server.url)).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('ECONNREFUSED'),
      advice: expect.stringContaining('start the broker'),
    });
    await server.start();
    server.freeze();
    onTestFinished(() => server.thaw());
    const trial = { mqtt: settings(server.url), topic: 'a', payload: '{}', stepMs: 300 };
    expect(await tryBroker(trial)).toMatchObject({ failedAt: 'connect', reason: 'no answer within 0.3 s' });
  });
});

describe('the embedded broker', () => {
  it('is well where its port is free, and leaves it free', async () => {
    const port = await freePort();
    expect(await finding({ port })).toMatchObject({
      verdict: 'ok',
      found: `embedded: port ${port} of 127.0.0.1 is free`,
    });
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    expect(await finding({ port: 0 })).toMatchObject({ verdict: 'ok' });
  });

  it('is a running particled where that has its port', async () => {
    const place = premises();
    const port = await freePort();
    const settings = settingsFor(place, { instrument: { name: 'lab' }, mqtt: { port } });
    const daemon = await startDaemon(loadConfig(null, {}, settings), createLogger({ level: 'error' }));
    onTestFinished(() => daemon.stop());
    expect(await finding({ port })).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(
        `^embedded: a running particled \\S+ has mqtt://127.0.0.1:${port}, for lab$`,
      ),
    });
  });

  it('fails where another broker or another program has its port', async () => {
    const broker = await embeddedBroker();
    onTestFinished(() => broker.close());
    expect(await finding({ port: broker.port })).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('a broker without a particled for lab'),
      advice: expect.stringContaining('mqtt.broker: external'),
    });
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await finding({ port })).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('a program that speaks no MQTT'),
    });
  });

  it('fails on an address that this computer does not have', async () => {
    // 192.0.2.0/24 is for documentation (RFC 5737).
    expect(await finding({ host: '192.0.2.1', port: 1883 })).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('EADDRNOTAVAIL'),
      advice: 'correct mqtt.host and mqtt.port',
    });
  });
});
