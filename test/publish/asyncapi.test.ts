import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { listedSchemas } from '../../scripts/schema-list.ts';
import { verbs } from '../../src/publish/command-kinds.ts';
import { messageKinds } from '../../src/publish/messages.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/asyncapi.yaml'), 'utf8');
const ajv = new Ajv({ keywords: ['unit'], logger: false, strict: false });
addFormats.default(ajv);
const { document, diagnostics } = await new Parser().parse(text);

describe('docs/asyncapi.yaml', () => {
  it('holds before the parser of AsyncAPI, without an error or a warning', () => {
    const found = diagnostics.filter(({ severity }) => severity <= 1);
    expect(found.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });

  it('is refused by it where it is wrong', async () => {
    const wrong = text.replace('action: send', 'action: sent');
    expect(wrong).not.toBe(text);
    const again = await new Parser().parse(wrong);
    expect(again.document).toBeUndefined();
  }, 120_000);

  it.each(messageKinds)('sends $name with QoS 1, retained as it is', ({ name, topic, retained }) => {
    const operation = document?.operations().get(`publish-${name}`);
    expect(operation?.isSend()).toBe(true);
    expect(operation?.bindings().get('mqtt')?.value()).toMatchObject({ qos: 1, retain: retained });
    const address = operation?.channels().all()[0]?.address();
    expect(address?.replace('{baseTopic}', 'particled').replaceAll(/\{(\w+)\}/g, '<$1>')).toBe(topic);
  });

  it.each(verbs)('heeds %s and answers where the request says', (verb) => {
    const operation = document?.operations().get(`heed-${verb}`);
    expect(operation?.isReceive()).toBe(true);
    expect(operation?.reply()?.address()?.location()).toBe('$message.payload#/responseTopic');
    expect(
      operation
        ?.reply()
        ?.messages()
        .all()
        .map((message) => message.name()),
    ).toEqual([`answer-${verb}`]);
  });

  it('has every message with its example', () => {
    const messages = document?.components().messages().all() ?? [];
    expect(messages.map((message) => message.name()).sort()).toEqual(
      listedSchemas.map(({ name }) => name).sort(),
    );
    for (const message of messages) {
      const listed = listedSchemas.find(({ name }) => name === message.name());
      const example: unknown = message.examples().all()[0]?.payload();
      expect(example).toEqual(listed?.example);
      const { schema } = Object(message.payload()?.json());
      const holds = ajv.compile(schema);
      expect(holds(example), JSON.stringify(holds.errors)).toBe(true);
      expect(holds('text')).toBe(false);
    }
  });
});
