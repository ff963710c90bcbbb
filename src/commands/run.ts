import { constants } from 'node:os';
import { closingAdvice, EXPOSED, exposedSecrets } from '../config/exposed-secrets.ts';
import type { Config } from '../config/schema.ts';
import { type ConfigSource, sourceText } from '../config/source.ts';
import { messageOf } from '../errors.ts';
import { systemdNotify } from '../health/systemd-notify.ts';
import { createLogger, type Logger } from '../logger.ts';
import { type ReloadableDaemon, startReloadable } from './reloadable-daemon.ts';

/** What has not ended by then is left to the next start; systemd and people wait no longer than 5 s. */
const STOP_WITHIN_MS = 4500;

/**
 * Runs the daemon until it is told to end: SIGTERM or SIGINT end it in order, a second one at once; SIGHUP has the
 * configuration read again.
 */
export async function run(load: () => Config, source: ConfigSource): Promise<void> {
  const config = load();
  let service: ReloadableDaemon | undefined;
  const logger = () => service?.logger ?? createLogger(config.log);
  const systemd = systemdNotify(process.env, createLogger(config.log), () => service?.isGoingOn() ?? true);

  logger().info({ configuration: sourceText(source) }, 'configuration in force');
  tellExposed(config, source, logger());
  const told = endingSignal((signal) => {
    logger().warn({ signal }, 'second signal: ended at once; what was under way goes on at the next start');
    process.exit(128 + constants.signals[signal]);
  });
  // Before the daemon is up as well, when the default would end it.
  let hangUps = Promise.resolve();
  const starting = Promise.withResolvers<void>();
  process.on('SIGHUP', () => {
    hangUps = hangUps
      .then(() => starting.promise)
      .then(async () => {
        systemd.reloading();
        const before = service?.config;
        await service?.reload();
        if (service !== undefined && service.config !== before) tellExposed(service.config, source, logger());
        systemd.ready(`watching ${service?.config.watch.folder}`);
      })
      .catch((error: unknown) => {
        logger().error({ err: messageOf(error) }, 'cannot go on after the reload; the process ends');
        process.exit(1);
      });
  });

  const first = await Promise.race([startReloadable(config, load), told]);
  if (typeof first === 'string') {
    // The next start loads the models again; nothing else is under way yet.
    logger().info({ signal: first }, 'ended while starting');
    process.exit(0);
  }
  service = first;
  systemd.ready(`watching ${config.watch.folder}`);
  starting.resolve();

  const signal = await told;
  logger().info({ signal }, 'ending');
  systemd.stopping();
  const deadline = setTimeout(() => {
    logger().warn({ withinMs: STOP_WITHIN_MS }, 'not all ended in time; the rest goes on at the next start');
    process.exit(0);
  }, STOP_WITHIN_MS);
  await service.stop();
  clearTimeout(deadline);
  logger().info({}, 'ended');
  // Nothing that somebody forgot keeps the process.
  process.exit(0);
}

function tellExposed(config: Config, source: ConfigSource, logger: Logger): void {
  for (const { key, file } of exposedSecrets(config, source.file)) {
    logger.warn({ key, file }, `${EXPOSED}; ${closingAdvice([file])}`);
  }
}

/** Resolves with the first signal that asks for an orderly end; `onSecond` gets the next. */
function endingSignal(onSecond: (signal: 'SIGTERM' | 'SIGINT') => void): Promise<string> {
  let told = false;
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (told) onSecond(signal);
        told = true;
        resolve(signal);
      });
    }
  });
}
