import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from '../logger.ts';

/** Fastify's log, of which warnings and errors go on; it says the message first where there are no facts. */
export function serverLogger(logger: Logger): FastifyBaseLogger {
  const say =
    (level: 'warn' | 'error') =>
    (facts: unknown, message?: string): void => {
      if (typeof facts === 'string') logger[level]({}, facts);
      else logger[level](Object(facts), message ?? '');
    };
  const nothing = (): void => {};
  const log: FastifyBaseLogger = {
    level: 'warn',
    ...{ trace: nothing, debug: nothing, info: nothing, silent: nothing },
    ...{ warn: say('warn'), error: say('error'), fatal: say('error') },
    child: () => log,
  };
  return log;
}
