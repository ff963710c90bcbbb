import { describe, expect, it } from 'vitest';
import { premises, type Settings } from '../support/premises.ts';
import { type SmallTile, writeSmallTile } from '../support/small-tile.ts';
import { walkOn } from '../support/walk.ts';

/** 2 x 3 tiles of 80 um x 50 um side by side. */
const grid: SmallTile[] = [0, 1].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })));

/** Three by two tiles in one image. */
const map: SmallTile = { name: 'map.tiff', row: 0.5, column: 1, sizePx: [96, 40] };

/** Lets the images come one after the other, each once all before it has been dealt with. */
async function taken(images: readonly SmallTile[], settings: Settings = {}) {
  const place = premises();
  const walk = await walkOn(place, { settings });
  for (const image of images) await walk.take(writeSmallTile(place.exportFolder, image));
  const { store } = walk;
  const runs = store.runs.all().toReversed();
  const named = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return {
    ...walk,
    place,
    summary: () => walk.summaries().at(-1)!,
    /** Of each run the names of the tiles that count. */
    tiles: runs.map(({ id }) => store.tiles.placesOfRun(id).map(({ path }) => named(path))),
    setAside: Object.fromEntries(store.unusable.all().map(({ path, code }) => [named(path), code])),
    runs,
  };
}

function imagesOf(detector: string, only = grid): SmallTile[] {
  return only.map((tile) => ({
    ...tile,
    ...{ detector, take: detector.length, name: `${detector}${tile.row}${tile.column}.tiff` },
  }));
}

describe('images of several detectors', () => {
  const fields = grid.flatMap((tile) => ['bsd-all', 'sed', 'mix'].flatMap((one) => imagesOf(one, [tile])));

  it('of one field never take each other’s place: the first detector counts, the others are named with the run', async () => {
    const { tiles, summary, messages } = await taken(fields);
    expect(tiles).toEqual([imagesOf('bsd-all').map(({ name }) => name)]);
    expect(summary()).toMatchObject({
      ...{ final: true, state: 'complete', statistics: { tiles: 6 } },
      setAside: [{ code: 'other-detector', count: 12, files: ['mix00.tiff', 'mix01.tiff', 'mix02.tiff'] }],
    });
    expect(summary().setAside![0]!.reason).toContain('the detector mix, and those of bsd-all count');
    expect(messages().filter(({ topic }) => topic.endsWith('/set-aside'))).toHaveLength(12);
  });

  it('count where the configured detector made them, whichever comes first', async () => {
    const { tiles, summary } = await taken(fields, { instrument: { detector: 'sed' } });
    expect(tiles).toEqual([imagesOf('sed').map(({ name }) => name)]);
    // The first came before there was a run that it could have been of.
    expect(summary().setAside).toMatchObject([{ code: 'other-detector', count: 12 }]);
  });

  it('are runs of their own where they show other parts of the stage', async () => {
    const far = imagesOf('sed').map((tile) => ({ ...tile, offsetUm: 10_000 }));
    const { tiles } = await taken([...imagesOf('bsd-all'), ...far]);
    expect(tiles.map(({ length }) => length)).toEqual([6, 6]);
  });
});

describe('a map of the tiles', () => {
  it('is none of them, whether it comes last, first or in between', async () => {
    const names = grid.map(({ row, column }) => `powder_r${row}_c${column}.tiff`);
    for (const at of [0, 1, 3, 6]) {
      const { tiles, setAside, summary } = await taken(grid.toSpliced(at, 0, map));
      expect(tiles).toEqual([names]);
      expect(setAside).toEqual({ 'map.tiff': 'map' });
      expect(summary()).toMatchObject({
        ...{ state: 'complete', statistics: { tiles: 6 } },
        setAside: [{ code: 'map', count: 1, files: ['map.tiff'] }],
      });
    }
  });

  it('is one too where it is coarser, and the run that it began ends as none', async () => {
    // 24 x 10 px of 10 um: the whole grid.
    const coarse: SmallTile = { ...map, sizePx: [24, 10], pixelSizeNm: 10_000 };
    const last = await taken([...grid, coarse]);
    expect(last.tiles.map(({ length }) => length)).toEqual([6]);
    const first = await taken([coarse, ...grid]);
    expect(first.tiles.map(({ length }) => length)).toEqual([0, 6]);
    expect(first.setAside).toEqual({ 'map.tiff': 'map' });
    const [emptied] = first
      .summaries()
      .filter(({ run }) => run === first.runs[0]?.name)
      .slice(-1);
    expect(emptied).toMatchObject({
      ...{ state: 'finalised', statistics: { tiles: 0 } },
      finalised: { by: 'particled', reason: expect.stringContaining('map') },
    });
  });

  it('is no coarser grid over the same sample', async () => {
    const coarse = [0, 1, 2].map((column) => ({
      ...{ column: 2 * column, name: `coarse${column}.tiff`, pixelSizeNm: 5000 },
    }));
    const fine = [0, 1, 2, 3, 4].map((column) => ({ column }));
    const { tiles } = await taken([...coarse, ...fine], { grid: { rows: null, columns: null } });
    expect(tiles.map(({ length }) => length)).toEqual([3, 5]);
  });
});

describe('a copy with its contrast turned round', () => {
  it('does not count beside its tile, under any name that it has', async () => {
    const { tiles, setAside, summary } = await taken(
      grid.flatMap((tile, n) => [
        { ...tile, name: `t${n}.tiff` },
        { ...tile, name: `t${n}_negative.tiff`, inverted: true },
      ]),
    );
    expect(tiles).toEqual([['t0.tiff', 't1.tiff', 't2.tiff', 't3.tiff', 't4.tiff', 't5.tiff']]);
    expect(Object.values(setAside)).toEqual(Array.from({ length: 6 }, () => 'inverted'));
    expect(summary()).toMatchObject({ statistics: { tiles: 6 }, setAside: [{ count: 6 }] });
  });

  it('gives way to the tile after which it is named, where it comes first', async () => {
    const { tiles, setAside } = await taken(
      grid.flatMap((tile, n) => [
        { ...tile, name: `inv_t${n}.tiff`, inverted: true },
        { ...tile, name: `t${n}.tiff` },
      ]),
    );
    expect(tiles).toEqual([['t0.tiff', 't1.tiff', 't2.tiff', 't3.tiff', 't4.tiff', 't5.tiff']]);
    expect(Object.keys(setAside).sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `inv_t${n}.tiff`));
  });
});

describe('magnifications of one place', () => {
  const sizes = [2500, 2515, 2600, 4000, 10_000];
  const series = sizes.map((pixelSizeNm, n) => ({ pixelSizeNm, name: `zoom${n}.tiff` }));

  it('are one run, which names the others, and not a run each', async () => {
    const { tiles, pipeline, summaries } = await taken(series);
    expect(tiles).toEqual([['zoom0.tiff']]);
    await pipeline.finish();
    const final = summaries().filter((summary) => summary.final);
    // 2,515 nm lie within the tolerance of a run, and are still no second image at that magnification.
    expect(final).toMatchObject([
      {
        // No grid that lacks five tiles.
        ...{ state: 'complete', coverage: { tilesPresent: 1, tilesExpected: 1 } },
        setAside: [
          { code: 'other-magnification', count: 4, files: ['zoom1.tiff', 'zoom2.tiff', 'zoom3.tiff'] },
        ],
      },
    ]);
  });

  it('are tiles where a grid at their magnification follows', async () => {
    const fine = [1, 2].map((column) => ({ column, pixelSizeNm: 2600 }));
    const { tiles, setAside } = await taken([...series, ...fine]);
    expect(tiles).toEqual([['zoom0.tiff'], ['powder_r0_c1.tiff', 'zoom2.tiff', 'powder_r0_c2.tiff']]);
    expect(setAside).toEqual({
      'zoom1.tiff': 'other-magnification',
      'zoom3.tiff': 'other-magnification',
      'zoom4.tiff': 'other-magnification',
    });
  });
});
