import { z } from 'zod';

export type Schema = z.core.JSONSchema.BaseSchema;

/** A documented field: its path in the message, as `particles[].areaUm2`. */
export interface Field {
  readonly path: string;
  readonly type: string;
  readonly unit: string;
  readonly description: string;
}

/** The JSON Schema of what is published: a field that is added later must not make old readers refuse it. */
export function tolerantJsonSchema(
  schema: z.ZodType,
  target: 'draft-2020-12' | 'draft-7' = 'draft-2020-12',
): Schema {
  return z.toJSONSchema(schema, {
    target,
    override({ jsonSchema }) {
      // Immutable for us, which says nothing about JSON.
      delete jsonSchema.readOnly;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
}

/** The fields of an object, nested ones after it; objects with a title are collected into `parts` instead. */
export function fields(schema: Schema, prefix: string, parts: Map<string, Schema>): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const { inner, suffix } = core(asSchema(property));
    const path = `${prefix}${name}`;
    const field = {
      path,
      type: `${typeOf(asSchema(property))}${schema.required?.includes(name) ? '' : ', optional'}`,
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
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((word) => `\`"${String(word)}"\``).join(', ');
  if (schema.prefixItems) return `array of ${schema.prefixItems.length}`;
  if (schema.type === 'array') return `array of ${typeOf(core(schema).inner)}`;
  if (schema.format === 'date-time') return 'date and time';
  if (schema.type === 'object' && schema.properties === undefined) return mapType(schema);
  return [schema.type].flat().join(' or ');
}

function asSchema(schema: z.core.JSONSchema._JSONSchema): Schema {
  if (typeof schema === 'boolean') throw new Error('a field may hold anything; describe what it holds');
  return schema;
}

function link(title: string): string {
  return `[${title}](#${anchorOf(title)})`;
}

function mapType({ additionalProperties: values }: Schema): string {
  const hasNumbers = typeof values === 'object' && typeOf(values).startsWith('number');
  return hasNumbers ? 'object of numbers by name' : 'object';
}

/** A table of fields. */
export function table(rows: readonly Field[]): string {
  const lines = rows.map(
    ({ path, type, unit, description }) =>
      `| \`${path}\` | ${type} | ${unit === '1' ? '' : unit} | ${description} |`,
  );
  return ['| Field | Type | Unit | Meaning |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

/** As GitHub makes it of a heading. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
