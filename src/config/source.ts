import { statSync } from 'node:fs';
import { CONFIG_VARIABLE, settingEntries } from './environment.ts';

/** Where packages of Linux keep it; the unit of systemd reads it too. */
export const STANDARD_FILE = '/etc/particled/config.yaml';
/** The same of a worker. */
export const WORKER_FILE = '/etc/particled/worker.yaml';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the configuration in force comes from. */
export interface ConfigSource {
  /** Null: there is none, and the defaults count. */
  readonly file: string | null;
  /** How the file was found: the option, the variable, or its standard place. */
  readonly foundBy: '--config' | typeof CONFIG_VARIABLE | 'standard place' | null;
  /** Environment variables that set a key, by name. */
  readonly variables: readonly string[];
}

/** The file that --config names, else the one that PARTICLED_CONFIG names, else the standard one where it is there. */
export function configSource(
  option: string | undefined,
  environment: Environment,
  standardFile: string = STANDARD_FILE,
): ConfigSource {
  const variables = settingEntries()
    .map(({ variable }) => variable)
    .filter((variable) => environment[variable] !== undefined);
  if (option !== undefined) return { file: option, foundBy: '--config', variables };
  const named = environment[CONFIG_VARIABLE];
  if (named) return { file: named, foundBy: CONFIG_VARIABLE, variables };
  if (isThere(standardFile)) return { file: standardFile, foundBy: 'standard place', variables };
  return { file: null, foundBy: null, variables };
}

/** `/etc/particled/config.yaml (standard place), PARTICLED_GRID_ROWS` */
export function sourceText({ file, foundBy, variables }: ConfigSource): string {
  const base = file === null ? `defaults (no ${STANDARD_FILE})` : `${file} (${foundBy})`;
  return [base, ...variables].join(', ');
}

/** A file that may not be looked at is there: what forbids it is said when it is read. */
function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
