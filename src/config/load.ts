import { readFileSync } from 'node:fs';
import { type Document, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, messageOf } from '../errors.ts';
import { contradictions } from './contradictions.ts';
import { CONFIG_VARIABLE, environmentSettings, settingEntries } from './environment.ts';
import { settingLimitText, unknownKeyText, valueText } from './fault-text.ts';
import { type Config, configSchema } from './schema.ts';
import { namingVariables } from './variable-names.ts';

type Settings = Record<string, unknown>;

/**
 * The configuration from a YAML file (null: defaults alone) with `PARTICLED_...` variables over it and
 * the command line's `overrides` over both.
 * @throws ConfigError listing every fault with its key, its variable where it comes from one, the value and the limit.
 */
export function loadConfig(
  file: string | null,
  environment: Readonly<Record<string, string | undefined>>,
  overrides: Settings = {},
): Config {
  const settings = file === null ? {} : readYaml(file, environment);
  const fromEnvironment = environmentSettings(environment);
  const merged = merge(merge(settings, fromEnvironment.settings), overrides);
  const parsed = configSchema.safeParse(merged, { error: settingLimitText });
  const faults = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.flatMap((issue) => faultsOf(issue, merged));
  const named = faults.map((fault) => namingVariables(fault, fromEnvironment.variables));
  const all = [...new Set([...fromEnvironment.faults, ...named])];
  if (!parsed.success || all.length > 0) throw new ConfigError(file ?? 'environment', all);
  return Object.freeze(parsed.data);
}

/** The text of a file that a key names. */
export function readReferred(file: string, key: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, [`${key}: cannot be read (${messageOf(error)}); check path and permissions`]);
  }
}

function readYaml(file: string, environment: Parameters<typeof loadConfig>[1]): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const names = environment[CONFIG_VARIABLE] === file ? `${CONFIG_VARIABLE} names it: ` : '';
    throw new ConfigError(file, [
      `${names}cannot be read (${messageOf(error)}); check path and permissions, or give another with --config or ${CONFIG_VARIABLE}`,
    ]);
  }
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0)
    throw new ConfigError(
      file,
      document.errors.map((error) => error.message),
    );
  const content = contentOf(document, file);
  if (isSettings(content)) return withoutEmptySections(content);
  throw new ConfigError(file, ['must be a map of sections such as watch: and mqtt:']);
}

/** Aliases are resolved only now: one without its anchor is a fault of the file. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new ConfigError(file, [`${messageOf(error)}; write the values out`]);
  }
}

/** A section whose every line is commented out says nothing, and the defaults count. */
function withoutEmptySections(content: Settings): Settings {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null));
}

function faultsOf(issue: z.core.$ZodIssue, settings: Settings): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((name) => unknownKeyText(issue.path, name, known));
  }
  const key = issue.path.join('.');
  const value = issue.path.reduce<unknown>(
    // An address alone stands for a section with nothing but it.
    (at, name) =>
      isSettings(at) || Array.isArray(at) ? Reflect.get(at, name) : name === 'url' ? at : undefined,
    settings,
  );
  // Of a whole section the message names the keys.
  if (isSettings(value)) return [`${key}: ${issue.message}`];
  return [`${key}: ${valueText(value)} is refused: ${issue.message}`];
}

/** Keys of a section, or the sections. */
function knownKeys([section]: readonly PropertyKey[]): string[] {
  const entries = settingEntries();
  if (section === undefined) return [...new Set(entries.map((entry) => entry.section))];
  return entries.filter((entry) => entry.section === section).map(({ name }) => name);
}

function merge(below: Settings, above: Settings): Settings {
  const merged: Settings = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const given = merged[key];
    const under = key === 'queue' && typeof given === 'string' ? { url: given } : given;
    merged[key] = isSettings(value) && isSettings(under) ? merge(under, value) : value;
  }
  return merged;
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
