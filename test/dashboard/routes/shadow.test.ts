import { describe, expect, it } from 'vitest';
import type { RunShadow, ShadowOverview, TileShadow } from '../../../src/dashboard/api/shadow.ts';
import type { Particle } from '../../../src/measure/particle.ts';
import { openStore } from '../../../src/store/database.ts';
import type { ShadowModel } from '../../../src/store/shadows.ts';
import { exampleParticle, exampleRun, seenTile, segmentedTile } from '../../store/examples.ts';
import { storeDiscRun } from '../../support/disc-run.ts';
import { type Premises, premises } from '../../support/premises.ts';
import { served } from '../served.ts';

const model: ShadowModel = { name: 'next', sha256: 'b'.repeat(64), thresholds: { overlap: 0.5 } };

const RUN = `${exampleRun.sampleId}/${exampleRun.name}`;

const outlineOf = ([x, y, width, height]: readonly [number, number, number, number]) => [
  ...[x, y, x + width, y, x + width, y + height, x, y + height],
];

/** The first of two tiles was segmented by the shadow model too, which did not find the first of its pieces. */
function withShadow(): {
  readonly place: Premises;
  readonly hashes: readonly string[];
  readonly found: number;
} {
  const place = premises();
  const store = openStore(place.storeFile);
  const { id } = store.runs.create(exampleRun);
  const found = [0, 20, 40].map(
    (x): Particle => ({
      ...exampleParticle(100),
      ...{ boxPx: [x, 0, 10, 10], touchesBorder: false, cutsPx: [] },
    }),
  );
  const outlines = found.map(({ boxPx }) => [outlineOf(boxPx)]);
  const ids = ['both', 'serving alone'].map((content) => {
    const { tileId } = store.tiles.noteSeen(seenTile(id, content));
    const shadow = content === 'both' ? { shadow: model } : {};
    store.results.recordResult(tileId, { ...segmentedTile(found), outlines, ...shadow }, []);
    return tileId;
  });
  store.shadows.record(ids[0]!, model, {
    ...{ particles: found.slice(1), outlines: outlines.slice(1) },
    ...{ arithmetic: 'as-shipped', durationMs: 500 },
  });
  const hashes = ids.map((tileId) => store.tiles.get(tileId)!.file.contentHash);
  store.close();
  return { place, hashes, found: found.length };
}

describe('the shadow model over HTTP', () => {
  it('is told over all runs, of a run and of a tile', async () => {
    const { place, hashes, found } = withShadow();
    const { json } = await served(place);
    const pieces = { matched: found - 1, onlyServing: 1, onlyShadow: 0 };
    const overview = (await json('/api/v1/shadow')).body as ShadowOverview;
    expect(overview).toMatchObject({ configured: null, model: { name: 'next' }, comparison: { pieces } });
    expect(overview.runs.map(({ sampleId, run }) => `${sampleId}/${run}`)).toEqual([RUN]);

    const run = (await json(`/api/v1/runs/${RUN}/shadow`)).body as RunShadow;
    expect(run.comparison?.tiles).toMatchObject({ compared: 1, failed: 0 });
    expect(run.tiles).toEqual([expect.objectContaining({ contentHash: hashes[0], ...pieces })]);

    const tile = (await json(`/api/v1/tiles/${hashes[0]}/shadow`)).body as TileShadow;
    expect([tile.serving.length, tile.shadow.length]).toEqual([found, found - 1]);
    expect(tile.serving.filter(({ matchedWith }) => matchedWith === null)).toHaveLength(1);
  });

  it('says of which tile, run or store there is nothing to compare', async () => {
    const { place, hashes } = withShadow();
    const { json } = await served(place);
    expect(await json(`/api/v1/tiles/${hashes[1]}/shadow`)).toEqual({
      status: 404,
      body: {
        message:
          'no shadow model has segmented this tile; GET /api/v1/shadow tells of which runs there are some',
      },
    });
    expect((await json('/api/v1/runs/discs/none/shadow')).status).toBe(404);
    const bare = premises();
    storeDiscRun(bare.storeFile, { rows: 1, columns: 1 });
    const none = await served(bare);
    expect((await none.json('/api/v1/shadow')).body).toMatchObject({
      ...{ configured: null, model: null, comparison: null, runs: [] },
    });
    expect((await none.json('/api/v1/runs/discs/run-1/shadow')).body).toEqual({
      ...{ model: null, comparison: null, tiles: [] },
    });
  });
});
