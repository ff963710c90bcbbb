import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { defaultYaml } from '../src/config/default-yaml.ts';
import { configSchema } from '../src/config/schema.ts';
import { messageExamples } from '../src/publish/message-examples.ts';
import { messageKinds } from '../src/publish/messages.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** A documented field: its path in the message, as `particles[].areaUm2`. */
export interface Field {
  readonly path: string;
  readonly type: string;
  readonly unit: string;
  readonly description: string;
}

/** Every generated file: path from the repository's root, and text. */
export function generatedDocs(): ReadonlyMap<string, string> {
  const files = new Map([
    ['docs/mqtt.md', mqttGuide()],
    ['config/default.yaml', defaultYaml()],
    ['docs/schemas/config.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`],
  ]);
  for (const { name } of messageKinds) {
    files.set(`docs/schemas/${name}.schema.json`, `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`);
  }
  return files;
}

/** The fields of a message kind, those of its titled parts included under their own names. */
export function fieldsOf(name: keyof typeof messageExamples): Field[] {
  const parts = new Map<string, Schema>();
  const own = fields(jsonSchemaOf(name), '', parts);
  return [...own, ...[...parts].flatMap(([title, part]) => fields(part, `${title}: `, parts))];
}

/** For editors that check and complete YAML. */
function configJsonSchema(): Schema {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }), title: 'particled configuration' };
}

function jsonSchemaOf(name: keyof typeof messageExamples): Schema {
  const kind = messageKinds.find((known) => known.name === name);
  if (!kind) throw new Error(`no message kind ${name}`);
  const schema = z.toJSONSchema(kind.schema, {
    override({ jsonSchema }) {
      // Immutable for us, which says nothing about JSON.
      delete jsonSchema.readOnly;
      // A field that is added later must not make old readers refuse the message.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return { ...schema, title: `particled ${name}`, examples: [messageExamples[name]] };
}

/** The fields of an object, nested ones after it; objects with a title are collected into `parts` instead. */
function fields(schema: Schema, prefix: string, parts: Map<string, Schema>): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const { inner, suffix } = core(asSchema(property));
    const path = `${prefix}${name}`;
    const field = {
      path,
      type: typeOf(asSchema(property)),
      unit: String(asSchema(property).unit ?? ''),
      description: asSchema(property).description ?? '',
    };
    if (inner.title !== undefined && !parts.has(inner.title)) {
      parts.set(inner.title, inner);
      fields(inner, '', parts);
    }
    return inner.title === undefined ? [field, ...fields(inner, `${path}${suffix}.`, parts)] : [field];
  });
}

/** What stands behind `or null` and behind the brackets of an array. */
function core(schema: Schema): { inner: Schema; suffix: string } {
  const alternative = schema.anyOf?.map(asSchema).find((option) => option.type !== 'null');
  if (alternative) return core(alternative);
  if (schema.items !== undefined && !Array.isArray(schema.items) && typeof schema.items === 'object') {
    return { inner: schema.items, suffix: '[]' };
  }
  return { inner: schema, suffix: '' };
}

function typeOf(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map((option) => typeOf(asSchema(option))).join(' or ');
  if (schema.title !== undefined) return link(schema.title);
  if (schema.const !== undefined) return `\`"${String(schema.const)}"\``;
  if (schema.enum) return schema.enum.map((word) => `\`"${String(word)}"\``).join(', ');
  if (schema.prefixItems) return `array of ${schema.prefixItems.length}`;
  if (schema.type === 'array') return `array of ${typeOf(core(schema).inner)}`;
  if (schema.format === 'date-time') return 'date and time';
  if (schema.type === 'object' && schema.properties === undefined) return 'object of numbers by name';
  return [schema.type].flat().join(' or ');
}

function asSchema(schema: z.core.JSONSchema._JSONSchema): Schema {
  if (typeof schema === 'boolean') throw new Error('a field may hold anything; describe what it holds');
  return schema;
}

function link(title: string): string {
  return `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`;
}

function mqttGuide(): string {
  const parts = new Map<string, Schema>();
  const sections = messageKinds.map(({ name, topic, retained, when }) =>
    [
      `## ${name}`,
      `Topic \`${topic}\`, ${retained ? 'retained' : 'not retained'}; ${when}. [JSON Schema](schemas/${name}.schema.json).`,
      table(fields(jsonSchemaOf(name), '', parts)),
      `\`\`\`json\n${JSON.stringify(messageExamples[name], null, 2)}\n\`\`\``,
    ].join('\n\n'),
  );
  const partSections = [...parts].map(([title, part]) => `### ${title}\n\n${table(fields(part, '', parts))}`);
  return `${[introduction, topicTable(), ...sections, '## Parts of messages', ...partSections].join('\n\n')}\n`;
}

const introduction = `# What particled publishes

Generated by \`npm run docs\` from the schemas in \`src/publish\`; edit those.

Every message is one JSON object in UTF-8, published with QoS 1; over MQTT 5 with content type \`application/json\` and without expiry. Names of instrument, sample and run are safe topic levels: a label that holds other characters than letters, digits, \`_\`, \`.\` and \`-\`, or is longer than 48, is shortened and ends in eight digits of its SHA-256; an empty one is \`unlabelled\`.

A message is delivered at least once, across crashes and outages of either side. \`sequence\` ascends by 1 from message to message: a number that was seen before is a repetition, a number that is left out is a message that the reader has missed. Messages of one topic keep their order. Fields may be added to a message; the number in \`schema\` changes when one is removed or changes its meaning.

A result that is missing is \`null\` or listed as missing, never zero.`;

function topicTable(): string {
  const rows = messageKinds.map(
    ({ topic, retained, when }) => `| \`${topic}\` | ${retained ? 'yes' : 'no'} | ${when} |`,
  );
  return ['| Topic | Retained | When |', '| --- | --- | --- |', ...rows].join('\n');
}

function table(rows: readonly Field[]): string {
  const lines = rows.map(
    ({ path, type, unit, description }) =>
      `| \`${path}\` | ${type} | ${unit === '1' ? '' : unit} | ${description} |`,
  );
  return ['| Field | Type | Unit | Meaning |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  for (const [path, text] of generatedDocs()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
