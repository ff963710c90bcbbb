import { closingAdvice, EXPOSED, exposedSecrets, secretFiles } from '../../config/exposed-secrets.ts';
import type { Config } from '../../config/schema.ts';
import { attention, type Finding, ok } from '../finding.ts';

const CHECK = 'secrets';

/** Whether others on this computer can read a password or key that particled uses. */
export function checkSecrets(
  config: Pick<Config, 'mqtt' | 'mail' | 'dashboard' | 'segmenter' | 'worker'>,
  configFile: string | null,
): Finding {
  const exposed = exposedSecrets(config, configFile);
  if (exposed.length > 0) {
    const named = exposed.map(({ key, file }) => `${file} (${key})`).join(', ');
    return attention(
      CHECK,
      `${EXPOSED}: ${named}`,
      closingAdvice([...new Set(exposed.map(({ file }) => file))]),
    );
  }
  const files = secretFiles(config, configFile);
  if (files.length === 0) return ok(CHECK, 'none: no setting names a password or key');
  return ok(CHECK, `${files.map(({ file }) => file).join(', ')}: not readable by other users`);
}
