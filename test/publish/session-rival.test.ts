import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { itNeeding } from '../support/needs.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, recorder } from './sending.ts';

const topic = 'particled/test/status';

/**
 * As much of an MQTT 5 broker as tells a client that its session was taken over, which Mosquitto 2.0.11 does not:
 * one session for `particled-test`, and a retained status for whoever looks.
 */
async function takingOver() {
  let holder: Socket | undefined;
  let looks = 0;
  let status: () => string = () => '{"state":"offline"}';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const kind = bytes[0]! >> 4;
      if (kind === 1) {
        if (!bytes.includes('particled-test-looks-')) {
          holder?.end(Buffer.from([0xe0, 2, 142, 0])); // DISCONNECT: session taken over
          holder = socket;
        }
        socket.write(Buffer.from([0x20, 3, 0, 0, 0])); // CONNACK: success
      }
      if (kind === 8) {
        looks += 1;
        socket.write(Buffer.from([0x90, 4, bytes[2]!, bytes[3]!, 0, 1])); // SUBACK: granted QoS 1
        const body = Buffer.concat([
          Buffer.from([0, topic.length]),
          Buffer.from(topic),
          Buffer.from([0]),
          Buffer.from(status()),
        ]);
        socket.write(Buffer.concat([Buffer.from([0x31, body.length]), body])); // PUBLISH, retained
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `mqtt://127.0.0.1:${port}`,
    looks: () => looks,
    says(now: () => string) {
      status = now;
    },
  };
}

async function thrownOut(says: () => string) {
  const server = await takingOver();
  server.says(says);
  const logger = recorder();
  const will = { topic, payload: '{"state":"offline"}' };
  const first = connection(server.url, { logger, will, rivalLookMs: 100 });
  await connected(first);
  const second = connection(server.url, { will });
  await connected(second);
  await vi.waitFor(() => expect(first.sessionTakenOver).toBe(true));
  return { server, first, second, logger };
}

/** As the status of a daemon that lives, which has another time in it each time. */
function living(): () => string {
  let n = 0;
  return () => {
    n += 1;
    return JSON.stringify({ state: 'online', at: n });
  };
}

it('a client whose session is taken over says so once and stays away while the other is online', async () => {
  const { server, first, second, logger } = await thrownOut(living());
  await vi.waitFor(() => expect(server.looks()).toBeGreaterThanOrEqual(3), { timeout: 10_000 });
  expect(first.connected).toBe(false);
  expect(second.connected).toBe(true);
  expect(logger.lines.filter(({ level }) => level === 'warn')).toMatchObject([
    { facts: { err: expect.stringMatching(/particled-test has taken .*instrument\.name/) } },
  ]);
});

it.each([
  ['says that it is offline', () => '{"state":"offline"}'],
  ['has gone and somebody else says what is no status', () => 'no JSON'],
  ['has not said anything new', () => '{"state":"online","at":1}'],
])('it connects again once the other %s', async (_, says) => {
  const { server, first, second } = await thrownOut(living());
  await vi.waitFor(() => expect(server.looks()).toBeGreaterThanOrEqual(1), { timeout: 10_000 });
  await second.close();
  await delay(50);
  server.says(says);
  await connected(first);
  expect(first.sessionTakenOver).toBe(false);
});

itNeeding(ofMosquitto)(
  'two clients of one name at a broker that gives no reason do not fight for ever',
  async () => {
    const server = await mosquitto();
    await server.start();
    let connects = 0;
    const both = [1, 2].map((at) => {
      const broker = connection(server.url, { will: { topic, payload: '{"state":"offline"}' } });
      broker.onConnect(() => {
        connects += 1;
        broker
          .publish({ topic, retain: true, payload: JSON.stringify({ state: 'online', at }) })
          .catch(() => {});
      });
      return broker;
    });
    await vi.waitFor(() => expect(both.filter(({ sessionTakenOver }) => sessionTakenOver)).toHaveLength(1), {
      timeout: 15_000,
    });
    const [staying] = both.filter(({ sessionTakenOver }) => !sessionTakenOver);
    await connected(staying!);
    const before = connects;
    await delay(2000); // both would have tried again by now
    expect(connects).toBe(before);
    expect(staying?.connected).toBe(true);
  },
);
