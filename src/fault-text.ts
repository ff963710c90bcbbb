import { closestMatch } from 'leven';
import type { z } from 'zod';

/** A mistyped word is at most so many letters off. */
const LETTERS_OFF_MAX = 2;

/** As `expected` of zod's issues, in words of a person. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list such as [a, b]',
  tuple: 'a list of that many values',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const FORMS: Readonly<Record<string, string>> = {
  datetime: 'must be a time such as 2026-03-14T15:09:26Z',
  date: 'must be a date such as 2026-03-14',
};

/**
 * What is wrong with a value where its schema has no words of its own: the library's are not for people. Every schema
 * that judges what somebody wrote is asked with it: `schema.safeParse(value, { error: limitText })`.
 */
export function limitText(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return boundText(issue.origin, 'least', Number(issue.minimum), issue.inclusive ?? true);
    case 'too_big':
      return boundText(issue.origin, 'most', Number(issue.maximum), issue.inclusive ?? true);
    case 'invalid_value': {
      const words = issue.values.map(String);
      return `must be ${inWords(words)}${meant(String(issue.input), words)}`;
    }
    case 'invalid_format':
      return FORMS[issue.format] ?? 'has a form that is not taken';
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has unknown keys: ${issue.keys.join(', ')}`;
    default:
      return 'has a form that is not taken';
  }
}

/** What is wrong with a file's content, each fault with its key and value, shortened. */
export function contentFaults(error: z.ZodError, content: unknown): string {
  const faults = error.issues.map(({ path, message }) => {
    const value = path.reduce<unknown>(partOf, content);
    const shown =
      value === undefined ? 'what is missing' : (JSON.stringify(value) ?? String(value)).slice(0, 80);
    return `${path.join('.') || 'the whole'}: ${shown} is refused: ${message}`;
  });
  return faults.join('; ');
}

/** A part of a value by its name; undefined where there is none. */
export function partOf(value: unknown, name: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

/** `; did you mean folder?`, or nothing where nothing is near. */
export function meant(word: string, known: readonly string[]): string {
  const lowered = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const near = closestMatch(word.toLowerCase(), [...lowered.keys()], { maxDistance: LETTERS_OFF_MAX });
  return near === undefined ? '' : `; did you mean ${lowered.get(near)}?`;
}

function boundText(origin: string, end: 'least' | 'most', bound: number, inclusive: boolean): string {
  const more = end === 'least';
  switch (origin) {
    case 'string':
      return more
        ? `must have at least ${bound} ${bound === 1 ? 'letter' : 'letters'}`
        : `must have ${bound} letters or fewer`;
    case 'array':
      return more
        ? `must have at least ${bound} ${bound === 1 ? 'entry' : 'entries'}`
        : `must have ${bound} entries or fewer`;
    default:
      if (inclusive) return `must be at ${end} ${bound}`;
      return more ? `must be over ${bound}` : `must be under ${bound}`;
  }
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
