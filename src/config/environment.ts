import { parse } from 'yaml';
import { z } from 'zod';
import { meant } from '../fault-text.ts';
import { configSchema } from './schema.ts';

/** Names the file; every other variable of the prefix is a setting. */
export const CONFIG_VARIABLE = 'PARTICLED_CONFIG';

/** One setting: its key in the file, its variable, and what the schema says of it. */
export interface SettingEntry {
  readonly section: string;
  readonly name: string;
  readonly key: string;
  readonly variable: string;
  readonly description: string;
  readonly default: unknown;
  readonly acceptsNull: boolean;
  readonly acceptsList: boolean;
}

/** Every setting of the schema, in its order. */
export function settingEntries(): SettingEntry[] {
  const defaults: Record<string, Record<string, unknown>> = configSchema.parse({});
  return Object.entries(configSchema.shape).flatMap(([section, schema]) => {
    const inner = schema.unwrap();
    if (!(inner instanceof z.ZodObject)) return [];
    return Object.entries(inner.shape).map(([name, setting]) => ({
      section,
      name,
      key: `${section}.${name}`,
      variable: `PARTICLED_${shouted(section)}_${shouted(name)}`,
      description: setting.description ?? '',
      default: defaults[section]?.[name],
      acceptsNull: z.safeParse(setting, null).success,
      acceptsList: z.safeParse(setting, []).success,
    }));
  });
}

/** `PARTICLED_WATCH_FOLDER=/data` and so on as settings; values are read as YAML (`true`, `3`, `[a, b]`). */
export function environmentSettings(environment: Readonly<Record<string, string | undefined>>): {
  settings: Record<string, Record<string, unknown>>;
  /** Variables by the key that each sets. */
  variables: Map<string, string>;
  faults: string[];
} {
  const entries = new Map(settingEntries().map((entry) => [entry.variable, entry]));
  const settings: Record<string, Record<string, unknown>> = {};
  const variables = new Map<string, string>();
  const faults: string[] = [];
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith('PARTICLED_') || variable === CONFIG_VARIABLE || text === undefined) continue;
    const entry = entries.get(variable);
    if (!entry) {
      faults.push(
        `${variable}: no such setting` +
          (meant(variable, [...entries.keys()]) ||
            '; variables are PARTICLED_ and the key in capitals, as PARTICLED_WATCH_FOLDER'),
      );
      continue;
    }
    variables.set(entry.key, variable);
    settings[entry.section] = { ...settings[entry.section], [entry.name]: readValue(text, entry) };
  }
  return { settings, variables, faults };
}

/** Variables that set a key, by that key. */
export function settingVariables(
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const set = settingEntries().filter(({ variable }) => environment[variable] !== undefined);
  return new Map(set.map(({ key, variable }) => [key, variable]));
}

function readValue(text: string, entry: SettingEntry): unknown {
  if (text === 'null' && entry.acceptsNull) return null;
  if (typeof entry.default === 'string' && !(entry.acceptsList && text.startsWith('['))) return text; // a name such as 1E5 or a path stays as it is
  try {
    return parse(text);
  } catch {
    return text; // the schema says what is wrong with it
  }
}

function shouted(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
