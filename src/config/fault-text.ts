import { closestMatch } from 'leven';
import type { z } from 'zod';

/** A mistyped word is at most so many letters off. */
const LETTERS_OFF_MAX = 2;

/** As `expected` of zod's issues, in words of somebody who writes YAML. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text, in quotes where it looks like a number',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list such as [a, b]',
  object: 'a map of keys',
};

/** What is wrong with a value where its schema has no words of its own: the library's are not for people. */
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
    default:
      return 'has a form that is not taken; see config/default.yaml';
  }
}

/** A key that no schema has, and the one that was probably meant. */
export function unknownKeyText(path: readonly PropertyKey[], name: string, known: readonly string[]): string {
  return `${[...path, name].join('.')}: unknown key${meant(name, known) || `; there are ${known.join(', ')}`}`;
}

/** `; did you mean folder?`, or nothing where nothing is near. */
export function meant(word: string, known: readonly string[]): string {
  const lowered = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const near = closestMatch(word.toLowerCase(), [...lowered.keys()], { maxDistance: LETTERS_OFF_MAX });
  return near === undefined ? '' : `; did you mean ${lowered.get(near)}?`;
}

/** As a person would write it in the file. */
export function valueText(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function boundText(origin: string, end: 'least' | 'most', bound: number, inclusive: boolean): string {
  const more = end === 'least';
  switch (origin) {
    case 'string':
      return more ? `must have ${bound} letter(s) or more` : `must have ${bound} letters or fewer`;
    case 'array':
      return more ? `must have ${bound} entry or more` : `must have ${bound} entries or fewer`;
    default:
      if (inclusive) return `must be at ${end} ${bound}`;
      return more ? `must be over ${bound}` : `must be under ${bound}`;
  }
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
