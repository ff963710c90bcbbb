import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, messageOf } from '../errors.ts';
import { environmentSettings } from './environment.ts';
import { mailFaults } from './mail-faults.ts';
import { mqttFaults } from './mqtt-faults.ts';
import { type Config, configSchema } from './schema.ts';

type Settings = Record<string, unknown>;

/**
 * The configuration from a YAML file (null: defaults alone) with `PARTICLED_...` variables over it and
 * the command line's `overrides` over both.
 * @throws ConfigError listing every fault with its key, the value and the limit.
 */
export function loadConfig(
  file: string | null,
  environment: Readonly<Record<string, string | undefined>>,
  overrides: Settings = {},
): Config {
  const source = file ?? 'configuration';
  const settings = file === null ? {} : readYaml(file);
  const fromEnvironment = environmentSettings(environment);
  if (fromEnvironment.faults.length > 0) throw new ConfigError('environment', fromEnvironment.faults);
  const merged = merge(merge(settings, fromEnvironment.settings), overrides);
  const parsed = configSchema.safeParse(merged);
  if (!parsed.success)
    throw new ConfigError(
      source,
      parsed.error.issues.map((issue) => faultOf(issue, merged)),
    );
  const faults = contradictions(parsed.data);
  if (faults.length > 0) throw new ConfigError(source, faults);
  return Object.freeze(parsed.data);
}

function readYaml(file: string): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, [`cannot be read (${messageOf(error)}); give another with --config`]);
  }
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0)
    throw new ConfigError(
      file,
      document.errors.map((error) => error.message),
    );
  const content: unknown = document.toJS() ?? {};
  if (isSettings(content)) return content;
  throw new ConfigError(file, ['must be a map of sections such as watch: and mqtt:']);
}

/** What each key alone cannot show. */
function contradictions(config: Config): string[] {
  const faults = mailFaults(config);
  if ((config.grid.rows === null) !== (config.grid.columns === null)) {
    faults.push('grid.rows, grid.columns: must both be numbers or both null');
  }
  faults.push(...mqttFaults(config));
  for (const [key, path] of [
    ['report.folder', config.report.folder],
    ['store.file', config.store.file],
  ] as const) {
    if (path !== null && isInside(path, config.watch.folder)) {
      faults.push(
        `${key}: ${path} lies inside watch.folder (${config.watch.folder}); particled only reads there`,
      );
    }
  }
  return faults;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function faultOf(issue: z.core.$ZodIssue, settings: Settings): string {
  const key = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = issue.keys.map((name) => [...issue.path, name].join('.'));
    return `${known.join(', ')}: unknown key; see config/default.yaml for all keys`;
  }
  const value = issue.path.reduce<unknown>(
    (at, name) => (isSettings(at) || Array.isArray(at) ? Reflect.get(at, name) : undefined),
    settings,
  );
  return `${key}: ${JSON.stringify(value)} is refused: ${issue.message}`;
}

function merge(below: Settings, above: Settings): Settings {
  const merged: Settings = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key];
    merged[key] = isSettings(value) && isSettings(under) ? merge(under, value) : value;
  }
  return merged;
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
