import { describe, expect, it } from 'vitest';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { type WalkParts, walkOn } from '../support/walk.ts';

/** The summary of all tiles of a 2 x 4 grid that were taken; every tile shows whole particles of 1 and 4 um2. */
async function summaryOf(given: WalkParts, missing = 0) {
  const place = premises();
  const walk = await walkOn(place, {
    ...given,
    settings: { grid: { rows: 2, columns: 4 }, precision: { tilesMin: 4 }, ...given.settings },
  });
  const paths = writeSmallGrid(place.exportFolder, 2, 4);
  await walk.take(...paths.slice(0, paths.length - missing));
  await walk.pipeline.finish();
  return { ...walk, final: walk.summaries().at(-1)! };
}

describe('a run of tiles that are all alike', () => {
  it('is sufficient, and stays so with the time at which it became so', async () => {
    const { final, store } = await summaryOf({});
    expect(final.sufficiency).toMatchObject({
      ...{ sufficient: true, targetRelativeHalfWidth: 0.05, figures: ['d50'], tilesNeeded: 0 },
    });
    expect(final.sufficiency.relativeHalfWidth.d50).toBeCloseTo(0, 12);
    const { sufficientAtMs } = store.runs.all()[0]!;
    expect(final.sufficiency.reachedAt).toBe(new Date(sufficientAtMs!).toISOString());
  });

  it('is judged by the configured target', async () => {
    // Diameters 2 / sqrt(pi) = 1.13 and twice that; their median is 1.69 um.
    const target = (d50MinUm: number, d50MaxUm: number) => ({ settings: { target: { d50MinUm, d50MaxUm } } });
    const accepted = await summaryOf(target(1.5, 2));
    expect(accepted.final.decision).toMatchObject({ verdict: 'accept', probability: 1 });
    const rejected = await summaryOf(target(2, 3));
    expect(rejected.final.decision).toMatchObject({ verdict: 'reject', probability: 0 });
    expect((await summaryOf({})).final.decision).toBeNull();
  });

  it('says what its model can see, and that ISO 13322-1 asks for more particles', async () => {
    const { final } = await summaryOf({});
    expect(final.statistics.warnings.map(({ code }) => code)).toContain('too-few-particles');
    expect(final.statistics.border).toMatchObject({ method: 'join', cut: 8 });
  });

  it('shows an even map', async () => {
    const { uniformity } = (await summaryOf({})).final;
    expect(uniformity.map).toHaveLength(8);
    // 1.13 um and twice that, the geometric mean sqrt(2) times 1.13.
    expect(uniformity.map[0]).toMatchObject({ row: 0, column: 0, count: 3 });
    expect(uniformity.map[0]?.diameterMeanUm).toBeCloseTo((2 / Math.sqrt(Math.PI)) * Math.SQRT2, 6);
    expect(uniformity.diameter).toBeNull(); // all alike: there is nothing to correlate
  });
});

describe('places to image again', () => {
  it('are those of tiles whose imaging failed, which count nowhere', async () => {
    const { final } = await summaryOf({
      quality: ({ path }) => (path.endsWith('r1_c2.tiff') ? { whiteShare: 0.4 } : {}),
    });
    expect(final.imaging.edgeBlurMedianPx).toBe(1.2); // of each tile
    expect(final.imaging.tiles).toMatchObject([
      { file: 'powder_r1_c2.tiff', row: 1, column: 2, causes: ['saturated'] },
    ]);
    expect(final.reimage).toEqual([
      {
        ...{ file: 'powder_r1_c2.tiff', row: 1, column: 2, causes: ['saturated'] },
        stagePositionUm: { x: 160, y: -50 },
      },
    ]);
    expect(final.statistics).toMatchObject({ tiles: 7, all: { count: 14 } });
  });

  it('are those of failed tiles, and of missing ones once nothing more is waited for', async () => {
    const { final, summaries } = await summaryOf(
      {
        async segment({ path }) {
          if (path.endsWith('r0_c1.tiff')) throw new Error('too dark');
          return [];
        },
        settings: { mqtt: { summaryIntervalS: 0.1 }, segmenter: { attempts: 1 } },
      },
      1,
    );
    expect(final.reimage).toEqual([
      {
        ...{ file: 'powder_r0_c1.tiff', row: 0, column: 1, causes: ['failed'] },
        stagePositionUm: { x: 80, y: 0 },
      },
      { file: null, row: 1, column: 3, causes: ['missing'], stagePositionUm: { x: 240, y: -50 } },
    ]);
    const partial = summaries().filter((summary) => !summary.final);
    for (const { reimage } of partial)
      expect(reimage.flatMap(({ causes }) => causes)).not.toContain('missing');
  });
});
