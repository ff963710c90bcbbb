import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contentFaults, limitText } from '../src/fault-text.ts';

const schema = z.strictObject({
  text: z.string().min(3),
  number: z.number().gt(0).max(5).multipleOf(2),
  word: z.enum(['alpha', 'beta']),
  list: z.array(z.int()).max(2),
  pair: z.tuple([z.number(), z.number()]),
  at: z.iso.datetime(),
  mail: z.email(),
  either: z.union([z.literal(1), z.string()]),
  table: z.record(z.string(), z.number()),
});

/** Words of zod's own messages. */
const FOREIGN = /invalid|expected|received|unrecognized|too (big|small)|input/i;

function faultsOf(content: unknown): string {
  const { error } = schema.safeParse(content, { error: limitText });
  return contentFaults(error!, content);
}

describe('what a schema refuses', () => {
  it.each([
    [{}, /^text: what is missing is refused: must be text; number: /],
    [{ text: 'ab' }, /text: "ab" is refused: must have at least 3 letters/],
    [{ number: 0 }, /number: 0 is refused: must be over 0/],
    [{ number: 3 }, /number: 3 is refused: must be a multiple of 2/],
    [{ word: 'alpah' }, /word: "alpah" is refused: must be alpha or beta; did you mean alpha\?/],
    [{ list: [1, 2.5, 3] }, /list: \[1,2.5,3\] is refused: must have 2 entries or fewer/],
    [{ list: [1.5] }, /list.0: 1.5 is refused: must be a whole number/],
    [{ pair: 3 }, /pair: 3 is refused: must be a list of that many values/],
    [{ at: 'noon' }, /at: "noon" is refused: must be a time such as/],
    [{ mail: 'ada', either: null }, /mail: "ada" is refused: has a form that is not taken; either: null/],
    [{ table: [] }, /table: \[\] is refused: must be an object/],
    [{ other: 1 }, /the whole: .* is refused: has unknown keys: other/],
    [7, /^the whole: 7 is refused: must be an object$/],
  ])('is told in words of people, of %j', (content, words) => {
    expect(faultsOf(content)).toMatch(words);
    expect(faultsOf(content)).not.toMatch(FOREIGN);
  });

  it('is asked with these words wherever somebody else’s text is judged', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const unworded = sources.flatMap((name) => {
      const text = readFileSync(join('src', name), 'utf8');
      // Whoever shows issues has asked with the words; whoever shows none may parse as it likes.
      const shows = /prettifyError|treeifyError|\.issues|issue\.message/.test(text);
      return shows && !/[lL]imitText/.test(text) ? [name] : [];
    });
    expect(unworded).toEqual(['report/sample/sample-summary.ts']); // it names a path alone
  });
});
