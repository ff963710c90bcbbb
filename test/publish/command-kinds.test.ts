import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Field, fields, tolerantJsonSchema } from '../../scripts/schema-fields.ts';
import { commandKinds, isVerb, verbs } from '../../src/publish/command-kinds.ts';
import { answerSchema } from '../../src/publish/schema/command.ts';
import { commandExamples } from '../../src/publish/schema/command-examples.ts';

describe.each(verbs)('the command %s', (verb) => {
  const { request, result } = commandKinds[verb];
  const example = commandExamples[verb];

  it('has examples that its schemas accept as they are', () => {
    expect(request.parse(example.request)).toEqual(example.request);
    expect(answerSchema(result).parse(example.answer)).toEqual(example.answer);
    expect(example.answer.verb).toBe(verb);
  });

  it('refuses a field that is not documented, in request and answer', () => {
    expect(request.safeParse({ ...example.request, surprise: 1 }).success).toBe(false);
    expect(answerSchema(result).safeParse({ ...example.answer, surprise: 1 }).success).toBe(false);
  });

  it('describes every field, and every number with its unit', () => {
    const parts = new Map();
    const all: Field[] = [z.toJSONSchema(request), tolerantJsonSchema(result)].flatMap((schema) =>
      fields(schema, '', parts),
    );
    const own = [...all, ...[...parts.values()].flatMap((part) => fields(part, '', new Map()))];
    expect(own.filter(({ description }) => description === '')).toEqual([]);
    // Thresholds have theirs in the model's manifest.
    const numbers = own.filter(
      ({ type, path }) => /^(number|integer)/.test(type) && !/^thresholds\./.test(path),
    );
    expect(numbers.filter(({ unit }) => unit === '')).toEqual([]);
  });
});

describe('a verb', () => {
  it('is one of those listed, not a word of the language', () => {
    expect(verbs).toEqual(Object.keys(commandKinds));
    expect(['describe', 'constructor', '__proto__', 'toString', ''].map(isVerb)).toEqual([
      ...[true, false, false, false, false],
    ]);
  });
});
