import type { Broker } from './broker.ts';

/** Publishes the status of the daemon, which a broker keeps for whoever comes later. */
export interface RetainedStatus {
  /** A status that is lost is followed by another: it has no place in the outbox. */
  publish(payload: string): void;
}

/**
 * After each connect a broker that has kept its state hands out the status of before, at the latest the last
 * will; one that has lost it hands out the first status published since. `onLost` is called then.
 */
export function retainedStatus(broker: Broker, topic: string, onLost: () => void): RetainedStatus {
  let publishedSince: string[] = [];
  let isAnswerAwaited = true;

  broker.onConnect(() => {
    publishedSince = [];
    isAnswerAwaited = true;
  });
  broker.subscribe(topic, ({ payload }) => {
    if (!isAnswerAwaited) return;
    isAnswerAwaited = false;
    if (publishedSince.includes(new TextDecoder().decode(payload))) onLost();
    publishedSince = [];
  });
  return {
    publish(payload) {
      if (!broker.connected) return;
      if (isAnswerAwaited) publishedSince.push(payload);
      broker.publish({ topic, payload, retain: true }).catch(() => {});
    },
  };
}
