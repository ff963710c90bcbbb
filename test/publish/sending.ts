import { onTestFinished, vi } from 'vitest';
import { type Logger, silentLogger } from '../../src/logger.ts';
import type { Broker } from '../../src/publish/broker.ts';
import {
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startEmbeddedBroker,
} from '../../src/publish/embedded-broker.ts';
import { type BrokerOptions, connectBroker } from '../../src/publish/mqtt-broker.ts';
import { type OutboxSender, startOutboxSender } from '../../src/publish/outbox-sender.ts';
import type { Store } from '../../src/store/database.ts';

/** Who the daemon is in tests. */
export const testDaemon = { clientId: 'particled-test', username: 'particled', password: 'of this test' };

export function embeddedBroker(options: Partial<EmbeddedBrokerOptions> = {}): Promise<EmbeddedBroker> {
  const usual = {
    host: '127.0.0.1',
    port: 0,
    daemon: testDaemon,
    account: null,
    ownTopics: { baseTopic: 'particled' },
    logger: silentLogger,
  };
  return startEmbeddedBroker({ ...usual, ...options });
}

/** A broker connection that is closed after the test. */
export function connection(url: string, options: Partial<BrokerOptions> = {}): Broker {
  const broker = connectBroker({
    url,
    protocol: 5,
    ...(options.protocol === 4 ? testDaemon : { clientId: testDaemon.clientId }),
    keepaliveS: 60,
    will: { topic: 'last-will', payload: '{}' },
    logger: silentLogger,
    ...options,
  });
  onTestFinished(() => broker.close());
  return broker;
}

/** A sender that is stopped after the test. */
export function sending(
  store: Store,
  broker: Broker,
  window = 8,
  logger: Logger = silentLogger,
): OutboxSender {
  const sender = startOutboxSender({ outbox: store.outbox, broker, window, logger });
  onTestFinished(() => sender.stop());
  return sender;
}

/** Puts messages into the store's outbox, by saving revisions of a summary. */
export function enqueue(
  store: Store,
  runId: number,
  messages: number,
  topic = 'particled/test/summary',
): void {
  for (let index = 0; index < messages; index += 1) {
    store.summaries.save(runId, 'filling', (revision) => ({ topic, retain: false, payload: { revision } }));
  }
}

export function connected(broker: Broker): Promise<void> {
  return vi.waitFor(
    () => {
      if (!broker.connected) throw new Error('not connected');
    },
    { timeout: 15_000, interval: 20 },
  );
}

/** Keeps what is logged at each level. */
export function recorder(): Logger & { readonly lines: { level: string; facts: object; message: string }[] } {
  const lines: { level: string; facts: object; message: string }[] = [];
  const log = (level: string) => (facts: object, message: string) =>
    void lines.push({ level, facts, message });
  return { lines, debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

/** 1, 2, ... last. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
