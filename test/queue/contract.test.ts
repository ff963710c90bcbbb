import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerSchema, tileJobSchema, workerSignSchema } from '../../src/queue/contract.ts';
import { answerOf, jobExample, particle, resultOf } from './examples.ts';

/** Every place of a value, as the way to it. */
function places(value: unknown, way: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Reflect.ownKeys(value).flatMap((key) => places(Reflect.get(value, key), [...way, key]))];
}

/** The same with another value in one place. */
function withAt(value: unknown, [key, ...rest]: readonly PropertyKey[], there: unknown): unknown {
  if (key === undefined) return there;
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? withAt(item, rest, there) : item));
  return { ...(value as object), [key]: withAt(Reflect.get(value as object, key), rest, there) };
}

const answer = answerOf(resultOf([particle]));
const wrongAnywhere = (value: unknown) =>
  fc.constantFrom(...places(value).filter((way) => way.length > 0 && !way.includes('length')));

describe('the contract of daemons and workers', () => {
  it('takes a job and an answer as they are, and gives every number back as it was', () => {
    expect(tileJobSchema.parse(JSON.parse(JSON.stringify(jobExample)))).toEqual(jobExample);
    expect(answerSchema.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
  });

  it('takes no rubbish, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (rubbish) => {
        expect(tileJobSchema.safeParse(rubbish).success).toBe(false);
        expect(answerSchema.safeParse(rubbish).success).toBe(false);
        expect(workerSignSchema.safeParse(rubbish).success).toBe(false);
      }),
    );
  });

  it('takes no answer with one place of another kind, and none with a number that is not finite', () => {
    const strange = fc.constantFrom(
      { a: 1 },
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '\u0000',
      Number.NEGATIVE_INFINITY,
    );
    fc.assert(
      fc.property(wrongAnywhere(answer), strange, (way, there) => {
        expect(answerSchema.safeParse(withAt(answer, way, there)).success).toBe(false);
      }),
    );
    fc.assert(
      fc.property(wrongAnywhere(jobExample), (way) => {
        expect(tileJobSchema.safeParse(withAt(jobExample, way, { a: 1 })).success).toBe(false);
      }),
    );
  });

  it('takes no key that it does not know', () => {
    expect(tileJobSchema.safeParse({ ...jobExample, run: 'rm' }).success).toBe(false);
    expect(answerSchema.safeParse({ ...answer, more: 1 }).success).toBe(false);
  });

  it.each(['../etc/passwd', '/etc/passwd', 'a/../../b', 'a//b', './a', 'a\\..\\b', '', 'a/\0'])(
    'takes no path out of the shared folder: %j',
    (path) => {
      const shared = { ...jobExample, image: { kind: 'shared', path } };
      expect(tileJobSchema.safeParse(shared).success).toBe(false);
    },
  );

  it.each(['a/b.tiff', '../b.tiff', 'a\\b', 'b\0.tiff'])(
    'takes no file name with a folder: %j',
    (fileName) => {
      expect(tileJobSchema.safeParse({ ...jobExample, fileName }).success).toBe(false);
    },
  );
});
