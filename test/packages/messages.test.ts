import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listedSchemas } from '../../scripts/schema-list.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'packages/messages/README.md'), 'utf8');
const [, subscriber = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];

/** What an `import type` of all names, each example and a narrowing need. */
const names = listedSchemas.map(({ typeName }) => typeName);
const modules = {
  'examples.ts': [
    `import type { ${names.join(', ')}, Message } from 'particled-messages';`,
    ...listedSchemas.map(
      ({ typeName, example }, index) => `export const x${index}: ${typeName} = ${JSON.stringify(example)};`,
    ),
    'export function d50(message: Message): number | undefined {',
    "  if (message.schema !== 'particled/summary/3') return undefined;",
    '  return message.statistics.all.diameterEquivalentUm?.d50.value;',
    '}',
  ].join('\n'),
  'wrong.ts': `import type { SummaryMessage } from 'particled-messages';
    export const run = (summary: SummaryMessage) => summary.runs;`,
  'subscriber.ts': subscriber,
  'wrong-subscriber.ts': subscriber.replace('d50.value', 'd50.values'),
};

/** As much of the client as the README needs. */
const mqttTypes = `export function connect(url: string): {
  subscribe(filter: string, options: { qos: 0 | 1 | 2 }): void;
  on(event: 'message', listener: (topic: string, payload: { toString(): string }) => void): void;
};`;

/** The package as npm packs it, unpacked into a project of its own, and what the compiler says of modules that import it. */
describe('the package particled-messages', () => {
  const project = mkdtempSync(join(tmpdir(), 'particled-messages-'));
  const folder = join(project, 'node_modules/particled-messages');
  let faults: string;
  const faultsOf = (file: string) => faults.split('\n').filter((line) => line.startsWith(`${file}(`));

  beforeAll(() => {
    const pack = ['pack', '--workspace', 'particled-messages', '--pack-destination', project, '--silent'];
    const tarball = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim();
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(project, 'node_modules/mqtt'));
    execFileSync('tar', ['-xzf', join(project, tarball), '--strip-components=1', '-C', folder]);
    const files = {
      ...modules,
      'package.json': '{"type":"module"}',
      'node_modules/mqtt/package.json': '{"name":"mqtt","types":"index.d.ts"}',
      'node_modules/mqtt/index.d.ts': mqttTypes,
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--types', ''];
    const tsc = join(root, 'node_modules/.bin/tsc');
    faults = spawnSync(process.execPath, [tsc, ...options, '--ignoreConfig', ...Object.keys(modules)], {
      ...{ cwd: project, encoding: 'utf8' },
    }).stdout;
  }, 180_000);

  afterAll(() => rmSync(project, { recursive: true }));

  it('holds types and schemas alone, in the version of particled, and needs nothing', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(manifest.version).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
    const needs = [manifest.dependencies, manifest.peerDependencies, manifest.scripts];
    expect(needs).toEqual([undefined, undefined, undefined]);
    const files = globSync('**/*.*', { cwd: folder }).filter((file) => !/\.(d\.ts|schema\.json)$/.test(file));
    expect(files.sort()).toEqual(['README.md', 'package.json', 'schemas/index.json']);
  });

  it('gives the compiler types that take every example, and no field that is not there', () => {
    expect(faultsOf('examples.ts')).toEqual([]);
    expect(faultsOf('wrong.ts')).toEqual([expect.stringContaining("Property 'runs' does not exist")]);
  });

  it('has a README whose subscriber of ten lines compiles', () => {
    expect(subscriber.trim().split('\n').length).toBeLessThanOrEqual(11);
    expect(faultsOf('subscriber.ts')).toEqual([]);
    expect(faultsOf('wrong-subscriber.ts')).toEqual([expect.stringContaining("'values'")]);
    expect(faults.trim().split('\n')).toHaveLength(2);
  });
});

describe('the schemas of particled-messages', () => {
  const ajv = new Ajv2020({ keywords: ['unit'] });
  addFormats.default(ajv);
  const folder = join(root, 'packages/messages');
  const schema = (file: string) => JSON.parse(readFileSync(join(folder, 'schemas', file), 'utf8'));

  it('are all listed, each with its id', () => {
    const { schemas } = schema('index.json');
    expect(schemas.map(({ file }: { file: string }) => file).sort()).toEqual(
      globSync('*.schema.json', { cwd: join(folder, 'schemas') }).sort(),
    );
    for (const { $id, file } of schemas) expect(schema(file).$id).toBe($id);
    expect(new Set(schemas.map(({ $id }: { $id: string }) => $id)).size).toBe(schemas.length);
    expect(schemas).toContainEqual({
      $id: 'urn:particled:summary:3',
      ...{ file: 'summary.schema.json', kind: 'message', type: 'SummaryMessage', retained: true },
      topic: 'particled/<instrument>/sample/<sample>/run/<run>/summary',
    });
  });

  it.each(listedSchemas)(
    'take the example of $name, and nothing without its first field',
    ({ name, kind, example }) => {
      const holds = ajv.compile(schema(`${name}.schema.json`));
      expect(holds(example), JSON.stringify(holds.errors)).toBe(true);
      expect(holds('text')).toBe(false);
      // A message may hold what a later version adds; a request is held to what is known.
      expect(holds({ ...example, later: 1 })).toBe(kind !== 'command');
      if (kind !== 'command') expect(holds({ ...example, schema: 'particled/other/1' })).toBe(false);
    },
  );
});
