import { requireReferredFiles } from '../config/referred-files.ts';
import type { Config } from '../config/schema.ts';
import { type ConfigSource, sourceText } from '../config/source.ts';
import { spokenUrl } from '../config/spoken-url.ts';
import { ConfigError } from '../errors.ts';

/**
 * Prints what is in force as data; where it comes from and what is next go to standard error, beside it. As JSON all of
 * it, and the faults where there are any, is one object.
 * @param load reads the configuration
 * @param named names the variables behind the keys of a fault
 * @throws ConfigError when it, or a file that it names, cannot be used; as JSON the exit code says so
 */
export function configCheck(
  load: () => Config,
  source: ConfigSource,
  { json }: { readonly json: boolean },
  named: (fault: string) => string,
): void {
  try {
    const loaded = load();
    requireReferredFiles(loaded);
    const config = { ...loaded, mqtt: { ...loaded.mqtt, url: spokenUrl(loaded.mqtt.url) } };
    if (json) console.log(JSON.stringify({ source, faults: [], config }, null, 2));
    else printInForce(config, source);
  } catch (error) {
    if (!json || !(error instanceof ConfigError)) throw error;
    console.log(JSON.stringify({ source, faults: error.faults.map(named), config: null }, null, 2));
    process.exitCode = 1;
  }
}

function printInForce(config: Config, source: ConfigSource): void {
  console.log(JSON.stringify(config, null, 2));
  console.error(`in force: ${sourceText(source)}`);
  const file = source.foundBy === '--config' ? ` --config ${source.file}` : '';
  console.error(`next: particled doctor${file}, which looks at folders, store, broker, mail and models`);
}
