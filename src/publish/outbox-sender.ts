import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Broker, BrokerMessage } from './broker.ts';

/** Where unsent messages wait; `payload` is the JSON text of an object, `id` its sequence number. */
export interface OutboxSource {
  /** At most `limit` rows whose id is greater than `afterId`, ascending. */
  next(afterId: number, limit: number): readonly (BrokerMessage & { readonly id: number })[];
  acknowledge(id: number): void;
}

export interface OutboxSender {
  /** Something was added to the outbox. */
  wake(): void;
  /** Resolves once nothing is left to send. */
  idle(): Promise<void>;
  /** Sends nothing more; waits a little for the answers to what was sent. */
  stop(): Promise<void>;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
const stopGraceMs = 2_000;

/**
 * Sends the outbox in order, at most `window` messages unanswered, and deletes a row only once the broker
 * has acknowledged it. Nothing is sent while there is no connection, so memory holds `window` rows at most.
 */
export function startOutboxSender(options: {
  outbox: OutboxSource;
  broker: Broker;
  window: number;
  logger: Logger;
}): OutboxSender {
  const { outbox, broker, window, logger } = options;
  /** A topic with a failed message: what follows on it is sent again after that one, so the order stays. */
  const failedTopics = new Set<string>();
  const idleWaiters: (() => void)[] = [];
  const settledWaiters: (() => void)[] = [];
  let lastSentId = 0;
  let inFlight = 0;
  let retryMs = firstRetryMs;
  let retryTimer: NodeJS.Timeout | undefined;
  let state: 'sending' | 'stopping' | 'stopped' = 'sending';

  function advance(): void {
    if (state !== 'sending' || retryTimer || failedTopics.size > 0) return;
    try {
      if (broker.connected) sendNext();
      if (inFlight === 0 && idleWaiters.length > 0 && outbox.next(0, 1).length === 0) release(idleWaiters);
    } catch (error) {
      logger.error({ err: messageOf(error) }, 'the outbox cannot be read; trying again');
      retryLater();
    }
  }

  function sendNext(): void {
    // Two places stay free: for a status and for a command's answer, which do not come through the outbox.
    const room = Math.max(1, Math.min(window, broker.receiveMaximum - 2)) - inFlight;
    if (room <= 0) return;
    for (const row of outbox.next(lastSentId, room)) {
      lastSentId = row.id;
      void send(row);
    }
  }

  async function send({ id, topic, retain, payload }: BrokerMessage & { id: number }): Promise<void> {
    inFlight += 1;
    try {
      await broker.publish({ topic, retain, payload: withSequence(payload, id) });
      if (state !== 'stopped' && !failedTopics.has(topic)) outbox.acknowledge(id);
      retryMs = firstRetryMs;
    } catch (error) {
      tellFailure(id, topic, error);
      failedTopics.add(topic);
    }
    inFlight -= 1;
    settle();
  }

  /** Tells the first failure of a flight; a lost connection is the broker's to tell, so it is no warning here. */
  function tellFailure(sequence: number, topic: string, error: unknown): void {
    if (failedTopics.size > 0) return;
    const level = broker.connected ? 'warn' : 'debug';
    logger[level]({ sequence, topic, err: messageOf(error) }, 'message not delivered; it will be repeated');
  }

  function settle(): void {
    if (inFlight === 0) release(settledWaiters);
    if (failedTopics.size === 0) advance();
    else if (inFlight === 0) retryLater();
  }

  /** Starts again from the oldest row that was not acknowledged, after a pause or as soon as there is a connection. */
  function retryLater(): void {
    failedTopics.clear();
    lastSentId = 0;
    if (state !== 'sending') return;
    retryTimer = setTimeout(resume, retryMs);
    retryMs = Math.min(2 * retryMs, longestRetryMs);
  }

  function resume(): void {
    clearTimeout(retryTimer);
    retryTimer = undefined;
    advance();
  }

  broker.onConnect(resume);
  advance();
  return {
    wake: advance,
    idle: () =>
      new Promise((resolve) => {
        idleWaiters.push(resolve);
        advance();
      }),
    async stop() {
      state = 'stopping';
      clearTimeout(retryTimer);
      if (inFlight > 0) await settledWithin(stopGraceMs);
      state = 'stopped';
    },
  };

  function settledWithin(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      settledWaiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Writes the number as the object's first field; the text is not parsed, a tile's may have half a megabyte. */
export function withSequence(payload: string, sequence: number): string {
  const rest = payload.slice(1);
  return `{"sequence":${sequence}${rest === '}' ? '' : ','}${rest}`;
}

function release(waiters: (() => void)[]): void {
  for (const resolve of waiters.splice(0)) resolve();
}
