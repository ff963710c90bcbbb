import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { queueAdvice } from './advice.ts';

/** Says an outage once for each reason, with what mends it, and its end. */
export function outageLog(
  url: string,
  key: string,
  logger: Logger,
): { failed(error: unknown): void; ready(): void } {
  const said = new Set<string>();
  let wasConnected = false;
  return {
    failed(error) {
      const reason = messageOf(error) || 'no answer';
      if (said.has(reason)) return;
      said.add(reason);
      const advice = queueAdvice(reason, key, wasConnected);
      logger.warn({ queue: url, reason, advice }, 'the queue does not answer; it is tried again');
    },
    ready() {
      said.clear();
      wasConnected = true;
      logger.info({ queue: url }, 'queue is connected');
    },
  };
}
