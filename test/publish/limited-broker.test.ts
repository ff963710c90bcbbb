import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/logger.ts';
import type { OutboxSource } from '../../src/publish/outbox-sender.ts';
import { startOutboxSender } from '../../src/publish/outbox-sender.ts';
import { messageExamples } from '../../src/publish/schema/message-examples.ts';
import { tileSchema } from '../../src/publish/schema/tile.ts';
import { itNeeding } from '../support/needs.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection } from './sending.ts';
import { subscribe } from './subscriber.ts';

const LIMIT = 20_000;
const { sequence: _, store: __, ...tile } = messageExamples.tile;

/** A tile of so many particles; each has over 100 bytes. */
const tileOf = (count: number): string =>
  JSON.stringify({ ...tile, particles: Array(count).fill(tile.particles?.[0]) });

/** Messages that wait, the first with number 1. */
function outboxOf(...messages: readonly (readonly [topic: string, payload: string])[]) {
  const waiting = new Map(
    messages.map(([topic, payload], index) => [index + 1, { topic, payload, retain: true }]),
  );
  const source: OutboxSource = {
    next: (afterId, limit, held = []) =>
      [...waiting]
        .filter(([id, { topic }]) => id > afterId && !held.includes(topic))
        .slice(0, limit)
        .map(([id, row]) => ({ id, ...row })),
    acknowledge(ids) {
      for (const id of ids) waiting.delete(id);
    },
  };
  return { source, waiting };
}

async function delivered(
  listener: readonly string[],
  options: { readonly protocol: 4 | 5 },
  messages: readonly (readonly [string, string])[],
) {
  const server = await mosquitto(listener);
  await server.start();
  const subscriber = await subscribe(server.url, 5);
  const broker = connection(server.url, { ...options, clientId: 'particled-limited' });
  let connects = 0;
  broker.onConnect(() => void connects++);
  const { source, waiting } = outboxOf(...messages);
  const sender = startOutboxSender({
    outbox: source,
    store: 'a'.repeat(32),
    broker,
    window: 8,
    logger: silentLogger,
  });
  await connected(broker);
  return { subscriber, broker, waiting, sender, connects: () => connects };
}

describe('a broker with a limit of packets', () => {
  itNeeding(ofMosquitto)('gets a tile without its particles, and all else', async () => {
    const { subscriber, sender, connects } = await delivered([`max_packet_size ${LIMIT}`], { protocol: 5 }, [
      ['particled/test/tile', tileOf(500)],
      ['particled/test/summary', '{"a":1}'],
    ]);
    await sender.idle();
    await subscriber.count(2);
    const arrived = JSON.parse(
      subscriber.received.find(({ topic }) => topic.endsWith('tile'))?.payload ?? '',
    );
    expect(tileSchema.parse(arrived)).toMatchObject({ particles: null, counts: tile.counts });
    expect(arrived.particlesLeftOut).toContain(`takes ${LIMIT} at most`);
    expect(connects()).toBe(1);
    await sender.stop();
  });

  itNeeding(ofMosquitto)(
    'holds what cannot be made smaller, says why, and does not hold up the others',
    async () => {
      const large = JSON.stringify({ text: 'x'.repeat(LIMIT) });
      const { subscriber, sender, waiting, connects } = await delivered(
        [`max_packet_size ${LIMIT}`],
        { protocol: 5 },
        [
          ['particled/test/large', large],
          ['particled/test/summary', '{"a":1}'],
        ],
      );
      await subscriber.count(1);
      await expect.poll(() => [...waiting.keys()]).toEqual([1]);
      expect([...sender.refusals()]).toEqual([
        ['particled/test/large', expect.stringContaining(`packets of ${LIMIT} at most`)],
      ]);
      expect(connects()).toBe(1);
      await sender.stop();
    },
  );

  itNeeding(ofMosquitto)('that says none is known by the connections that it closes', async () => {
    const { subscriber, sender, connects } = await delivered([`max_packet_size ${LIMIT}`], { protocol: 4 }, [
      ['particled/test/tile', tileOf(500)],
      ['particled/test/summary', '{"a":1}'],
    ]);
    await sender.idle();
    await subscriber.count(2);
    expect(connects()).toBe(4);
    await sender.stop();
  });
});

describe('a broker that retains nothing, or acknowledges nothing', () => {
  for (const [what, line, said] of [
    ['retains', 'retain_available false', /keeps no retained messages/],
    ['acknowledges', 'max_qos 0', /acknowledges nothing/],
  ] as const) {
    itNeeding(ofMosquitto)(`gets all messages, and that it ${what} nothing is said`, async () => {
      const { subscriber, sender, broker } = await delivered([line], { protocol: 5 }, [
        ['particled/test/summary', '{"a":1}'],
      ]);
      await sender.idle();
      await subscriber.count(1);
      expect(broker.shortcomings).toEqual([expect.stringMatching(said)]);
      await sender.stop();
    });
  }

  it('is not said of one that does both', async () => {
    const { broker, sender } = await delivered([], { protocol: 5 }, []);
    expect(broker.shortcomings).toEqual([]);
    await sender.stop();
  });
});
