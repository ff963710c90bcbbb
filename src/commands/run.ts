import type { Config } from '../config/schema.ts';
import { type ConfigSource, sourceText } from '../config/source.ts';
import { startDaemon } from '../daemon.ts';
import { createLogger } from '../logger.ts';

/** Runs the daemon until it is told to end. */
export async function run(config: Config, source: ConfigSource): Promise<void> {
  const logger = createLogger(config.log.level);
  logger.info({ configuration: sourceText(source) }, 'configuration in force');
  const daemon = await startDaemon(config, logger);
  const signal = await new Promise<string>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  logger.info({ signal }, 'ending');
  await daemon.stop();
  logger.info({}, 'ended');
}
