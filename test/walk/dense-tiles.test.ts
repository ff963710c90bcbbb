import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { walkOn } from '../support/walk.ts';

it('says of a tile with more particles than the network has room for that some may be missing, to everybody', async () => {
  const place = premises();
  const { take, tiles, summaries, store, log } = await walkOn(place, {
    limits: ({ path }) => (path.endsWith('c1.tiff') ? ['proposals', 'detections'] : []),
  });
  const paths = await writeSmallGrid(place.exportFolder, 1, 2);
  await take(...paths);
  expect(tiles().map(({ looks, limitReached }) => [looks, limitReached])).toEqual([
    [1, []],
    [1, ['proposals', 'detections']],
  ]);
  expect(summaries().at(-1)?.limitReached).toMatchObject([
    { file: basename(paths[1]!), row: 0, column: 1, limits: ['proposals', 'detections'] },
  ]);
  const [run] = store.runs.all();
  expect(store.tiles.ofRun(run!.id).map(({ sight }) => sight?.limitsReached)).toEqual([
    [],
    ['proposals', 'detections'],
  ]);
  const warned = { level: 'warn', message: 'tile segmented, particles may be missing' };
  expect(log.lines).toContainEqual(expect.objectContaining(warned));
});
