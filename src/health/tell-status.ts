import type { Logger } from '../logger.ts';
import type { Broker } from '../publish/broker.ts';
import { HEARTBEAT_S } from '../publish/messages.ts';
import type { RetainedStatus } from '../publish/retained-status.ts';
import type { Health } from './reasons.ts';

/** Tells how the daemon does. */
export interface StatusTelling {
  /** Time has passed: new reasons are told, and logged, at once. */
  tick(): void;
  stop(): void;
}

/** Publishes the status at each connect, at each beat of the heart, and when the reasons change. */
export function tellStatus(options: {
  readonly broker: Broker;
  readonly status: RetainedStatus;
  payloadOf(health: Health): string;
  healthNow(): Health;
  readonly logger: Logger;
}): StatusTelling {
  const { broker, status, payloadOf, healthNow, logger } = options;
  const tell = (health = healthNow()): void => status.publish(payloadOf(health));
  let lastReasons = '';
  broker.onConnect(() => tell());
  if (broker.connected) tell();
  const timer = setInterval(() => tell(), 1000 * HEARTBEAT_S);
  return {
    tick() {
      const health = healthNow();
      // Figures that grow are told with the next status; they are nothing new.
      const reasons = health.reasons.join().replace(/\d+/g, '0');
      if (reasons === lastReasons) return;
      lastReasons = reasons;
      if (health.reasons.length > 0)
        logger.warn({ state: health.state, reasons: health.reasons }, 'needs attention');
      tell(health);
    },
    stop: () => clearInterval(timer),
  };
}
