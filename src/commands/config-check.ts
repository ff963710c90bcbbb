import { requireReferredFiles } from '../config/referred-files.ts';
import type { Config } from '../config/schema.ts';
import { type ConfigSource, sourceText } from '../config/source.ts';
import { spokenUrl } from '../config/spoken-url.ts';

/**
 * Prints what is in force as data; where it comes from and what is next go to standard error, beside it.
 * @throws ConfigError when a file that it names cannot be used
 */
export function configCheck(config: Config, source: ConfigSource): void {
  requireReferredFiles(config);
  const spoken = { ...config, mqtt: { ...config.mqtt, url: spokenUrl(config.mqtt.url) } };
  console.log(JSON.stringify(spoken, null, 2));
  console.error(`in force: ${sourceText(source)}`);
  const file = source.foundBy === '--config' ? ` --config ${source.file}` : '';
  console.error(`next: particled doctor${file}, which looks at folders, store, broker, mail and models`);
}
