import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mqttFaults } from '../../src/config/mqtt-faults.ts';
import { configSchema } from '../../src/config/schema.ts';
import { selfSigned } from '../support/certificates.ts';
import { describeNeeding } from '../support/needs.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, recorder } from './sending.ts';

/** Certificates of three that sign themselves. */
function certificates() {
  const folder = mkdtempSync(join(tmpdir(), 'particled-certificates-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const made = (name: string) => selfSigned(folder, name);
  return { server: made('server'), daemon: made('daemon'), stranger: made('stranger') };
}

describeNeeding(ofMosquitto)('a broker that asks for a certificate', () => {
  it('lets in who has it, and neither a stranger nor one without', async () => {
    const { server, daemon, stranger } = certificates();
    const broker = await mosquitto([
      ...[`certfile ${server.certFile}`, `keyfile ${server.keyFile}`, `cafile ${daemon.certFile}`],
      'require_certificate true',
    ]);
    await broker.start();
    const url = `mqtts://127.0.0.1:${broker.port}`;
    const caFile = server.certFile;
    for (const refused of [{}, stranger]) {
      const logger = recorder();
      const without = connection(url, { tls: { caFile, ...refused }, logger });
      await expect.poll(() => logger.lines.length, { timeout: 5_000 }).toBeGreaterThan(0);
      expect(without.connected).toBe(false);
    }
    const known = connection(url, { tls: { caFile, ...daemon } });
    await connected(known);
    await known.publish({ topic: 'particled/test/status', payload: '{}', retain: false });
  });
});

describe('TLS', () => {
  it('asks for the protocol of mqtt.alpn', async () => {
    const { server } = certificates();
    const own = { cert: readFileSync(server.certFile), key: readFileSync(server.keyFile) };
    const listener = createServer({ ...own, ALPNProtocols: ['x-amzn-mqtt-ca'] }).listen(0, '127.0.0.1');
    onTestFinished(() => void listener.close());
    await once(listener, 'listening');
    const address = listener.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const asked = new Promise((resolve) => {
      listener.once('secureConnection', (socket) => {
        socket.on('error', () => {});
        resolve(socket.alpnProtocol);
        socket.destroy();
      });
    });
    connection(`mqtts://127.0.0.1:${port}`, { tls: { caFile: server.certFile, alpn: 'x-amzn-mqtt-ca' } });
    expect(await asked).toBe('x-amzn-mqtt-ca');
  });

  it('names the key of a file that is no PEM', () => {
    const { server } = certificates();
    const tls = { ...server, keyFile: '/dev/null' };
    expect(() => connection('mqtts://127.0.0.1:1', { tls })).toThrow(
      /^mqtt\.keyFile: \/dev\/null is not PEM/,
    );
  });

  it.each([
    [{ certFile: 'c', url: 'mqtts://b' }, 'mqtt.certFile, mqtt.keyFile: one is set and the other is not'],
    [
      { certFile: 'c', keyFile: 'k' },
      'mqtt.certFile: is set but mqtt.url (mqtt://127.0.0.1:1883) is not mqtts://',
    ],
    [{ alpn: 'a' }, 'mqtt.alpn: is set but mqtt.url'],
    [{ username: 'lab' }, 'mqtt.username: is set but mqtt.passwordFile is not'],
    [{ url: 'mqtt://me:secret@b' }, 'mqtt.url: has a user name in it'],
  ])('is told by its keys where they contradict: %j', (mqtt, fault) => {
    expect(mqttFaults(configSchema.parse({ mqtt }))[0]).toContain(fault);
  });
});
