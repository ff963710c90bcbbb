import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { softwareVersion } from '../src/version.ts';
import { listedSchemas, schemaIndex } from './schema-list.ts';

const FOLDER = 'packages/messages';
const BANNER = '/* Written by `npm run docs` from src/publish/schema. */';

/** The files of the package particled-messages, by path from the repository's root, but for its README. */
export async function messagesPackage(): Promise<[path: string, text: string][]> {
  const files: [string, string][] = [
    [`${FOLDER}/package.json`, json(manifest())],
    [`${FOLDER}/schemas/index.json`, json(schemaIndex())],
    [`${FOLDER}/index.d.ts`, indexTypes()],
  ];
  for (const { name, typeName, json: schema } of listedSchemas) {
    files.push([`${FOLDER}/schemas/${name}.schema.json`, json(schema())]);
    files.push([`${FOLDER}/types/${name}.d.ts`, await typesOf(typeName, schema('draft-7'))]);
  }
  return files;
}

function manifest(): object {
  return {
    name: 'particled-messages',
    version: softwareVersion,
    description: 'JSON Schemas and TypeScript types of what particled publishes and hears over MQTT.',
    license: 'MIT',
    type: 'module',
    exports: {
      '.': { types: './index.d.ts' },
      './schemas/*': './schemas/*',
      './package.json': './package.json',
    },
    types: './index.d.ts',
    files: ['index.d.ts', 'types', 'schemas'],
  };
}

function indexTypes(): string {
  const lines = listedSchemas.map(
    ({ name, typeName }) => `export type { ${typeName} } from './types/${name}.js';`,
  );
  const messages = listedSchemas.filter(({ kind }) => kind === 'message').map(({ typeName }) => typeName);
  const imports = listedSchemas
    .filter(({ kind }) => kind === 'message')
    .map(({ name, typeName }) => `import type { ${typeName} } from './types/${name}.js';`);
  const union = `/** Any message; its \`schema\` says which. */\nexport type Message = ${messages.join(' | ')};`;
  return `${[BANNER, '', ...imports, '', ...lines, '', union].join('\n')}\n`;
}

/** Fields that a later version adds are no part of a type. */
function typesOf(
  typeName: string,
  { $id: _, examples: __, ...schema }: object & { $id?: unknown; examples?: unknown },
) {
  const named = { ...schema, title: typeName } as JSONSchema;
  return compile(named, typeName, {
    ...{ bannerComment: BANNER, additionalProperties: false, unreachableDefinitions: false },
  });
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
