import { expect, it } from 'vitest';
import type { TilePieces } from '../../../src/dashboard/api/particle.ts';
import { correctedPieces } from '../../../src/measure/corrected-pieces.ts';
import { openStore } from '../../../src/store/database.ts';
import { exampleParticle, exampleRun, seenTile, segmentedTile } from '../../store/examples.ts';
import { premises } from '../../support/premises.ts';
import { served } from '../served.ts';

const square = (x: number) => [[x, 0, x + 4, 0, x + 4, 4, x, 4]];

it('pieces of a tile are those of the model, or as reviewers left them once that counts', async () => {
  const place = premises();
  const store = openStore(place.storeFile);
  const { id: runId } = store.runs.create(exampleRun);
  const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
  const found = segmentedTile([exampleParticle(1), exampleParticle(2)]);
  store.results.recordResult(tileId, { ...found, outlines: [square(0), square(10)] }, []);
  const drawn = { kind: 'draw', outlinePx: [[1, 1, 5, 1, 5, 5, 1, 5]], certain: true } as const;
  const said = { tileId, reviewer: 'Ada', atMs: 5_000 };
  store.corrections.add({ ...said, change: { kind: 'delete', of: 0 }, drawn: [] });
  store.corrections.add({ ...said, change: drawn, drawn: [exampleParticle(16)] });

  const { json } = await served(place);
  const path = `/api/v1/tiles/${store.tiles.get(tileId)!.file.contentHash}/pieces`;
  const pieces = async (query = '') =>
    ((await json(`${path}${query}`)).body as TilePieces).pieces.map(({ number, outlinePx }) => [
      number,
      outlinePx,
    ]);
  const asFound = [
    [0, square(0)],
    [1, square(10)],
  ];
  expect(await pieces('?as=counted')).toEqual(asFound);
  const corrections = store.corrections.ofTile(tileId);
  store.corrections.review({
    ...{ runId, reviewer: 'Bo', atMs: 6_000 },
    tiles: [{ tileId, pieces: correctedPieces(store.particles.foundIn(tileId), corrections) }],
    correctionIds: corrections.map(({ id }) => id),
  });
  store.close();
  // The first is gone, the drawn one has the number after the model's.
  expect(await pieces('?as=counted')).toEqual([
    [1, square(10)],
    [2, drawn.outlinePx],
  ]);
  expect(await pieces()).toEqual(asFound);
  expect((await json(`${path}?as=drawn`)).status).toBe(400);
});
