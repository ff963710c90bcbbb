import type { z } from 'zod';
import { limitText, meant } from '../fault-text.ts';

/** {@link limitText} for somebody who writes YAML. */
export function settingLimitText(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type' && issue.expected === 'object') return 'must be a map of keys';
  const text = limitText(issue);
  if (issue.code === 'invalid_type' && issue.expected === 'string')
    return `${text}, in quotes where it looks like a number`;
  return text.endsWith('not taken') ? `${text}; see config/default.yaml` : text;
}

/** A key that no schema has, and the one that was probably meant. */
export function unknownKeyText(path: readonly PropertyKey[], name: string, known: readonly string[]): string {
  return `${[...path, name].join('.')}: unknown key${meant(name, known) || `; there are ${known.join(', ')}`}`;
}

/** As a person would write it in the file; of an address, without what may be a password. */
export function valueText(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const isAddress = typeof value === 'string' && value.includes('://');
  return JSON.stringify(
    isAddress ? value.replace(/:\/\/.*@/s, '://...@').replace(/[?#].+$/s, '?...') : value,
  );
}
