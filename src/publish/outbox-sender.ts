import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Broker, BrokerMessage } from './broker.ts';
import { fittedPayload } from './fitted-payload.ts';

/** Where unsent messages wait; `payload` is the JSON text of an object, `id` its sequence number. */
export interface OutboxSource {
  /** At most `limit` rows whose id is greater than `afterId` and whose topic is not held back, ascending. */
  next(
    afterId: number,
    limit: number,
    heldTopics?: readonly string[],
  ): readonly (BrokerMessage & { readonly id: number })[];
  acknowledge(ids: readonly number[]): void;
}

interface Sent {
  readonly id: number;
  readonly topic: string;
}

export interface OutboxSender {
  /** Something was added to the outbox. */
  wake(): void;
  /** What the connected broker refuses, by topic with its reason; a topic stays until a message of it is taken. */
  refusals(): ReadonlyMap<string, string>;
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
 * has acknowledged it; those acknowledged together are deleted together, since each write waits for the disk. A topic with a failed message waits, in its order, for the next try; the others go on.
 * Nothing is sent while there is no connection, so memory holds `window` rows at most.
 */
export function startOutboxSender(options: {
  outbox: OutboxSource;
  /** Which database the outbox is of. */
  store?: string;
  broker: Broker;
  window: number;
  logger: Logger;
}): OutboxSender {
  const { outbox, broker, window, logger } = options;
  /** Failed since the sender last started over: nothing more is sent on them until it does so again. */
  const heldTopics = new Set<string>();
  const refusals = new Map<string, string>();
  const idleWaiters: (() => void)[] = [];
  const settledWaiters: (() => void)[] = [];
  const delivered: Sent[] = [];
  let lastSentId = 0;
  let inFlight = 0;
  let retryMs = firstRetryMs;
  let retryTimer: NodeJS.Timeout | undefined;
  let isReadable = true;
  let isRetryDue = false;
  let state: 'sending' | 'stopping' | 'stopped' = 'sending';

  function advance(): void {
    if (isRetryDue && inFlight === 0) startOver();
    if (state !== 'sending' || isRetryDue || !isReadable) return;
    try {
      if (broker.connected) sendNext();
      if (inFlight === 0 && idleWaiters.length > 0 && outbox.next(0, 1).length === 0) release(idleWaiters);
    } catch (error) {
      logger.error({ err: messageOf(error) }, 'the outbox cannot be read; trying again');
      isReadable = false;
      retryLater();
    }
  }

  function sendNext(): void {
    // Two places stay free: for a status and for a command's answer, which do not come through the outbox.
    const room = Math.max(1, Math.min(window, broker.receiveMaximum - 2)) - inFlight;
    if (room <= 0) return;
    for (const row of outbox.next(lastSentId, room, [...heldTopics])) {
      lastSentId = row.id;
      void send(row);
    }
  }

  async function send({ id, topic, retain, payload }: BrokerMessage & { id: number }): Promise<void> {
    inFlight += 1;
    try {
      const fitted = fittedPayload(topic, payload, broker.packetBytesMax ?? Number.POSITIVE_INFINITY);
      await broker
        .publish({ topic, retain, payload: withSequence(fitted, id, options.store) })
        .catch((error: unknown) => {
          if (broker.connected) refusals.set(topic, messageOf(error));
          throw error;
        });
      if (delivered.push({ id, topic }) === 1) setImmediate(acknowledge);
    } catch (error) {
      hold({ id, topic }, error);
      settled(1);
    }
  }

  function acknowledge(): void {
    const answered = delivered.splice(0);
    // What followed a failed message of its topic is sent again after that one, so that the order stays.
    const inOrder = answered.filter(({ topic }) => state !== 'stopped' && !heldTopics.has(topic));
    try {
      if (inOrder.length > 0) outbox.acknowledge(inOrder.map(({ id }) => id));
      for (const { topic } of inOrder) refusals.delete(topic);
      if (inOrder.length > 0 && refusals.size === 0) retryMs = firstRetryMs;
    } catch (error) {
      for (const sent of inOrder) hold(sent, error);
    }
    settled(answered.length);
  }

  function settled(messages: number): void {
    inFlight -= messages;
    if (inFlight === 0) release(settledWaiters);
    advance();
  }

  /** Tells the first failure before the next try; a lost connection is the broker's to tell, so it is no warning. */
  function hold({ id: sequence, topic }: Sent, error: unknown): void {
    if (heldTopics.size === 0) {
      const level = broker.connected ? 'warn' : 'debug';
      logger[level]({ sequence, topic, err: messageOf(error) }, 'message not delivered; it will be repeated');
    }
    heldTopics.add(topic);
    retryLater();
  }

  function retryLater(): void {
    if (retryTimer || isRetryDue || state !== 'sending') return;
    retryTimer = setTimeout(resume, retryMs);
    retryMs = Math.min(2 * retryMs, longestRetryMs);
  }

  /** After a pause, or as soon as there is a connection. */
  function resume(): void {
    clearTimeout(retryTimer);
    retryTimer = undefined;
    isRetryDue = true;
    advance();
  }

  /** From the oldest row that was not acknowledged; with nothing in flight, which would be sent twice. */
  function startOver(): void {
    isRetryDue = false;
    isReadable = true;
    heldTopics.clear();
    lastSentId = 0;
  }

  broker.onConnect(resume);
  advance();
  return {
    wake: advance,
    refusals: () => refusals,
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

/** Writes the number, and which store it is of, as the object's first fields; the text is not parsed, a tile's may have half a megabyte. */
export function withSequence(payload: string, sequence: number, store?: string): string {
  const rest = payload.slice(1);
  const of = store === undefined ? '' : `,"store":${JSON.stringify(store)}`;
  return `{"sequence":${sequence}${of}${rest === '}' ? '' : ','}${rest}`;
}

function release(waiters: (() => void)[]): void {
  for (const resolve of waiters.splice(0)) resolve();
}
