import { join } from 'node:path';
import { expect, it } from 'vitest';
import { productionModules } from '../../packaging/production-modules.ts';

const root = join(import.meta.dirname, '../..');

it('are what the program needs when it runs: neither tools nor the packages of this repository', () => {
  const modules = productionModules(root);
  const folders = modules.map(({ folder }) => folder);
  expect(folders).toEqual(expect.arrayContaining(['node_modules/mqtt', 'node_modules/prom-client']));
  expect(
    folders.filter((folder) =>
      /particled-messages|packages\/|typescript|asyncapi|vitest|vega-embed|msgpackr-extract/.test(folder),
    ),
  ).toEqual([]);
  expect(modules.filter(({ version }) => !/^\d+\./.test(version))).toEqual([]);
});
