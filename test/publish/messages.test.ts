import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf, generatedDocs } from '../../scripts/write-docs.ts';
import { messageKinds } from '../../src/publish/messages.ts';
import { messageExamples } from '../../src/publish/schema/message-examples.ts';
import type { Same } from '../../src/publish/schema/quantity.ts';
import { topicsOf } from '../../src/publish/topics.ts';

const root = join(import.meta.dirname, '../..');

describe.each(messageKinds)('the $name message', ({ name, topic, schema }) => {
  it('has an example that its schema accepts as it is', () => {
    expect(schema.parse(messageExamples[name])).toEqual(messageExamples[name]);
  });

  it('refuses a field that is not documented', () => {
    expect(schema.safeParse({ ...messageExamples[name], surprise: 1 }).success).toBe(false);
  });

  it('describes every field, and every number with its unit', () => {
    const fields = fieldsOf(name);
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((field) => field.description === '')).toEqual([]);
    const isNumber = (type: string) => /^(array of )?(number|integer|\d)/.test(type);
    expect(fields.filter((field) => isNumber(field.type) && field.unit === '')).toEqual([]);
  });

  it('is documented under the topic on which it is sent', () => {
    const topics = topicsOf({ baseTopic: 'particled', instrument: 'phenom-1' });
    const sent = [topics.status, topics.setAside, ...Object.values(topics.run('s', '1'))];
    expect(sent).toContain(
      topic.replace('<instrument>', 'phenom-1').replace('<sample>', 's').replace('<run>', '1'),
    );
  });
});

describe('the tile message', () => {
  it('never says zero where a tile failed', () => {
    const tile = messageKinds.find((kind) => kind.name === 'tile');
    const failed = {
      ...messageExamples.tile,
      outcome: 'failed',
      reason: 'crashed',
      counts: null,
      quality: null,
      particles: null,
    };
    expect(tile?.schema.safeParse(failed).success).toBe(true);
  });
});

describe('a schema and the contract that it carries', () => {
  it('differ for the compiler as soon as one has a field more', () => {
    const same: Same<{ areaUm2: number }, { readonly areaUm2: number }> = true;
    // @ts-expect-error: a measure that would not be published
    const unpublished: Same<{ areaUm2: number }, { areaUm2: number; convexity: number }> = true;
    // @ts-expect-error: a field that nobody measures
    const unmeasured: Same<{ areaUm2: number; convexity: number }, { areaUm2: number }> = true;
    expect([same, unpublished, unmeasured]).toEqual([true, true, true]);
  });
});

const generated = await generatedDocs();

describe('the generated documents', () => {
  it.each([...generated])('%s is as `npm run docs` writes it', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });

  it('leave no schema of a message that is gone', () => {
    const files = globSync(['docs/schemas/*', 'packages/messages/{schemas,types}/*'], { cwd: root });
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => !generated.has(file))).toEqual([]);
  });
});
