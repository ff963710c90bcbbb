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
  let toldReasons = '';
  let loggedReasons = '';
  const tell = (health = healthNow()): void => {
    toldReasons = reasonsOf(health);
    status.publish(payloadOf(health));
  };
  broker.onConnect(() => tell());
  if (broker.connected) tell();
  const timer = setInterval(() => tell(), 1000 * HEARTBEAT_S);
  return {
    tick() {
      const health = healthNow();
      const reasons = reasonsOf(health);
      if (reasons !== loggedReasons && health.reasons.length > 0)
        logger.warn({ state: health.state, reasons: health.reasons }, 'needs attention');
      loggedReasons = reasons;
      if (reasons !== toldReasons) tell(health);
    },
    stop: () => clearInterval(timer),
  };
}

/** Figures that grow are told with the next status; they are nothing new. */
function reasonsOf({ reasons }: Health): string {
  return reasons.join().replace(/\d+/g, '0');
}
