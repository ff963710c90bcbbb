import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type EmbeddedBrokerOptions,
  largestStrangersPacketBytes,
} from '../../src/publish/embedded-broker.ts';
import { mostClients } from '../../src/publish/embedded-broker-guard.ts';
import { connected, connection, embeddedBroker, recorder, testDaemon } from './sending.ts';

async function embedded(options: Partial<EmbeddedBrokerOptions> = {}) {
  const broker = await embeddedBroker(options);
  onTestFinished(() => broker.close());
  return broker;
}

async function stranger(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...options });
  client.on('error', () => {});
  onTestFinished(() => client.endAsync(true));
  return client;
}

function closing(client: MqttClient): Promise<void> {
  return new Promise((resolve) => void client.once('close', () => resolve()));
}

async function raw(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** CONNECT of MQTT 3.1.1: clean session, keep alive 60 s, client id `raw`. */
const connectPacket = Buffer.from([
  0x10,
  15,
  0,
  4,
  ...Buffer.from('MQTT'),
  4,
  2,
  0,
  60,
  0,
  3,
  ...Buffer.from('raw'),
]);

/** The fixed header of a PUBLISH that announces so many bytes. */
function publishHeader(bytes: number): Buffer {
  const header = [0x30];
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 128)) {
    header.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
  }
  return Buffer.from(header);
}

/** Whether what is retained at a topic, as a subscriber of everything sees it. */
async function retained(url: string): Promise<string[]> {
  const client = await stranger(url);
  const seen: string[] = [];
  client.on('message', (topic, payload) => void seen.push(`${topic}: ${payload}`));
  await client.subscribeAsync('#', { qos: 1 });
  await client.publishAsync('lab/last', '', { qos: 1 });
  await expect.poll(() => seen.at(-1)).toBe('lab/last: ');
  return seen.slice(0, -1);
}

describe('at the embedded broker a stranger', () => {
  it.each([
    'particled',
    'particled/test/status',
    'particled/test/sample/a/run/b/summary',
    'particled/command/x',
    'particled//command/../status',
    '$SYS/uptime',
  ])('overwrites nothing of the daemon: %s', async (topic) => {
    const { url } = await embedded();
    const daemon = connection(url, { protocol: 4 });
    await connected(daemon);
    await daemon.publish({ topic: 'particled/test/status', payload: '{"of":"daemon"}', retain: true });
    const client = await stranger(url);
    const closed = closing(client);
    client.publish(topic, 'of a stranger', { retain: true, qos: 0 });
    await closed;
    expect(await retained(url)).toEqual(['particled/test/status: {"of":"daemon"}']);
  });

  it.each([
    'site/line/particled/test/status',
    'site/line/particled',
    'homeassistant/device/particled_test/config',
  ])('overwrites nothing of a daemon with another base topic: %s', async (topic) => {
    const ownTopics = {
      baseTopic: 'site/line/particled',
      others: ['homeassistant/device/particled_test/config'],
    };
    const { url } = await embedded({ ownTopics });
    const client = await stranger(url);
    await client.publishAsync('site/line/particled/test/command/describe', '{}', { qos: 1 });
    await client.publishAsync('particled/test/status', 'of nobody', { qos: 1 });
    const closed = closing(client);
    client.publish(topic, 'of a stranger', { qos: 0 });
    await closed;
  });

  it('has no last will below particled/', async () => {
    const { url, port } = await embedded();
    const will = {
      topic: 'particled/test/status',
      payload: Buffer.from('dead'),
      qos: 1,
      retain: true,
    } as const;
    const client = await stranger(`mqtt://127.0.0.1:${port}`, { will });
    client.stream.destroy();
    await closing(client);
    expect(await retained(url)).toEqual([]);
  });

  it('sends requests, talks outside and hears all', async () => {
    const { url } = await embedded();
    const daemon = connection(url, { protocol: 4 });
    const heard: string[] = [];
    daemon.subscribe('particled/test/command/+', ({ topic }) => void heard.push(topic));
    await connected(daemon);
    const client = await stranger(url);
    await client.subscribeAsync(['particled/#', 'lab/#', '$SYS/#'], { qos: 1 });
    await client.publishAsync('particled/test/command/describe', '{}', { qos: 1 });
    await client.publishAsync('lab/a', 'x'.repeat(largestStrangersPacketBytes - 100), { qos: 1 });
    await expect.poll(() => heard).toEqual(['particled/test/command/describe']);
    expect(client.connected).toBe(true);
  });

  it('has nothing retained: what it leaves takes no memory', async () => {
    const { url } = await embedded();
    const client = await stranger(url);
    const closed = closing(client);
    client.publish('lab/notes', 'kept?', { retain: true });
    await closed;
    expect(await retained(url)).toEqual([]);
  });

  it('is refused with the client id of the daemon, which stays connected', async () => {
    const logger = recorder();
    const { url } = await embedded({ logger });
    const daemon = connection(url, { protocol: 4 });
    await connected(daemon);
    for (const password of [undefined, 'guessed']) {
      const as = {
        clientId: testDaemon.clientId,
        ...(password && { username: testDaemon.username, password }),
      };
      await expect(stranger(url, as)).rejects.toThrow(/Identifier rejected/);
    }
    expect(daemon.connected).toBe(true);
    // Of one cause, so told together once no more comes.
    await expect
      .poll(() => logger.lines, { timeout: 4000 })
      .toMatchObject([{ level: 'warn', facts: { count: 2 } }]);
  });

  it('gives name and password where they are asked for', async () => {
    const account = { username: 'lab', password: 'right' };
    const { url } = await embedded({ account });
    await connected(connection(url, { protocol: 4 }));
    await stranger(url, account);
    for (const wrong of [{}, { ...account, password: 'wrong' }, { ...account, username: 'other' }]) {
      await expect(stranger(url, wrong)).rejects.toThrow(/Bad username or password/);
    }
  });
});

describe('the memory of the embedded broker', () => {
  it.each([
    ['before it says who it is', Buffer.alloc(0)],
    ['after', connectPacket],
  ])(
    'is not filled by a packet of 250 MB: the connection ends at its first bytes, %s',
    async (_when, hello) => {
      const logger = recorder();
      const { port } = await embedded({ logger });
      const socket = await raw(port);
      const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
      socket.write(hello);
      if (hello.length > 0) await once(socket, 'data');
      const before = process.memoryUsage().rss;
      socket.write(publishHeader(250_000_000));
      const block = Buffer.alloc(1_000_000);
      // Nobody waits for all of it to be sent: the other side is to hang up.
      for (let sent = 0; sent < 250 && !socket.destroyed; sent += 1) {
        if (!socket.write(block)) await Promise.race([once(socket, 'drain').catch(() => {}), closed]);
      }
      await closed;
      expect(process.memoryUsage().rss - before).toBeLessThan(40e6);
      expect(socket.bytesWritten).toBeLessThan(20e6);
      await expect
        .poll(() => logger.lines, { timeout: 4000 })
        .toMatchObject([{ level: 'warn', facts: { bytes: 250_000_000 } }]);
    },
  );

  it('holds so many clients and no more, and still the daemon', async () => {
    const { url, port } = await embedded();
    for (let i = 0; i < mostClients; i += 1) await stranger(url);
    await expect(stranger(url)).rejects.toThrow(/Server unavailable/);
    const silent = await Promise.all(Array.from({ length: 40 }, () => raw(port)));
    await expect.poll(() => silent.filter(({ readyState }) => readyState === 'closed').length).toBe(8); // 40 - 32
    await connected(connection(url, { protocol: 4 }));
  });

  it('is given back by a client that says nothing for five seconds', { timeout: 10_000 }, async () => {
    const { port } = await embedded();
    const socket = await raw(port);
    const startedMs = Date.now();
    await once(socket.resume(), 'close');
    expect(Date.now() - startedMs).toBeGreaterThan(4_500);
  });

  it('keeps no session of a client that went', async () => {
    const { url } = await embedded();
    const options = { clientId: 'subscriber', clean: false };
    const first = await stranger(url, options);
    await first.subscribeAsync('lab/#', { qos: 1 });
    await first.endAsync();
    const again = await stranger(url, { ...options, resubscribe: false });
    const heard: string[] = [];
    again.on('message', (topic) => void heard.push(topic));
    await again.publishAsync('lab/a', '1', { qos: 1 });
    await again.subscribeAsync('other', { qos: 1 });
    await again.publishAsync('other', '1', { qos: 1 });
    await expect.poll(() => heard).toEqual(['other']);
  });
});

it('an embedded broker that the network reaches without a password says so', async () => {
  const logger = recorder();
  await embedded({ host: '0.0.0.0', logger });
  expect(logger.lines).toMatchObject([{ level: 'warn', facts: { host: '0.0.0.0' } }]);
  await embedded({ host: '0.0.0.0', account: { username: 'lab', password: 'p' }, logger });
  expect(logger.lines).toHaveLength(1);
});
