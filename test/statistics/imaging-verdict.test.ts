import { describe, expect, it } from 'vitest';
import { imagingSchema } from '../../src/config/imaging.ts';
import { imageQuality } from '../../src/measure/image-quality.ts';
import { acquisitionDefaults, layPowderUnder, specimenOf } from '../../src/simulator/acquisition/options.ts';
import { gridPixelSizeUm } from '../../src/simulator/acquisition/scan-plan.ts';
import { renderWindow } from '../../src/simulator/render.ts';
import type { MeasuredTile } from '../../src/statistics/imaging-rules.ts';
import { edgeBlurMedianPx, imagingVerdicts } from '../../src/statistics/imaging-verdict.ts';

const limits = imagingSchema.parse({});

/** Nine tiles whose blur goes from 0.92 to 1.08 px by 0.02: median 1, MAD 0.04. */
function evenRun(): MeasuredTile[] {
  return Array.from({ length: 9 }, (_, tile) => ({
    quality: {
      greyP10: 40,
      greyP90: 160,
      whiteShare: 0.01,
      blackShare: 0,
      edgeBlurPx: 0.92 + 0.02 * tile,
      rowFlickerGrey: 0.4,
      rowJitterPx: 0.05,
    },
  }));
}

function withLast(change: NonNullable<MeasuredTile['quality']>): MeasuredTile[] {
  return evenRun().map((tile, index) => (index === 8 ? { quality: { ...tile.quality, ...change } } : tile));
}

describe('the focus of a run', () => {
  it('is the median edge blur of the tiles that have edges', () => {
    expect(edgeBlurMedianPx(evenRun())).toBe(1);
    // 0.92 ... 1.06 px are left: between 0.98 and 1.
    expect(edgeBlurMedianPx(withLast({ edgeBlurPx: null }))).toBeCloseTo(0.99, 10);
    expect(edgeBlurMedianPx([{ quality: null }, { quality: { edgeBlurPx: null } }])).toBeNull();
  });
});

describe('the rule of good imaging', () => {
  it('fails no tile of an even run', () => {
    expect(imagingVerdicts(evenRun(), limits)).toEqual([]);
  });

  it('fails a tile softer than 1.5 times the median, and says by how much', () => {
    expect(imagingVerdicts(withLast({ edgeBlurPx: 1.49 }), limits)).toEqual([]);
    expect(imagingVerdicts(withLast({ edgeBlurPx: 4.4 }), limits)).toEqual([
      {
        ...{ tile: 8, causes: ['blurred'], keys: ['edgeBlurRatioMax'] },
        reason: 'edge blur 4.40 px, limit 1.5 px',
      },
    ]);
  });

  it('asks for more where the run itself is spread', () => {
    // Blur 1, 2, ... 9 px: median 5, MAD 2. 1 x 1.4826 x 2 over 5 is 7.97; twice as many allow 10.9.
    const spread = evenRun().map((_, tile) => ({ quality: { edgeBlurPx: 1 + tile } }));
    const found = (deviationsMax: number) =>
      imagingVerdicts(spread, { ...limits, deviationsMax }).map(({ tile }) => tile);
    expect(found(1)).toEqual([7, 8]);
    expect(found(2)).toEqual([]);
  });

  it('finds charging, drift, clipping and another brightness, each by its own figure', () => {
    const causesOf = (change: NonNullable<MeasuredTile['quality']>) =>
      imagingVerdicts(withLast(change), limits).map(({ causes }) => causes);
    expect(causesOf({ rowFlickerGrey: 1.5 })).toEqual([['charged']]);
    expect(causesOf({ rowJitterPx: 0.3 })).toEqual([['drifted']]);
    expect(causesOf({ whiteShare: 0.2 })).toEqual([['saturated']]);
    expect(causesOf({ blackShare: 0.3 })).toEqual([['saturated']]);
    expect(causesOf({ greyP10: 80, greyP90: 200 })).toEqual([['drifted']]);
    expect(causesOf({ rowFlickerGrey: 5, rowJitterPx: 0.5, whiteShare: 0.2, blackShare: 0.5 })).toEqual([
      ['saturated', 'charged', 'drifted'],
    ]);
  });

  it('takes what is black in most tiles of a run for the ground', () => {
    const blackShares = (...shares: number[]) =>
      imagingVerdicts(
        shares.map((blackShare) => ({ quality: { blackShare } })),
        limits,
      ).map(({ tile }) => tile);
    expect(blackShares(0.5, 0.5, 0.55)).toEqual([]);
    // Median 0.5: half of what is left is 0.75.
    expect(blackShares(0.4, 0.5, 0.74, 0.5, 0.76)).toEqual([4]);
    expect(blackShares(0.2, 0.2, 0.3)).toEqual([2]);
    expect(blackShares(0.5, 0.5)).toEqual([0, 1]);
  });

  it('does not take more particles, or none, for another brightness', () => {
    expect(imagingVerdicts(withLast({ greyP90: 230 }), limits)).toEqual([]);
    expect(imagingVerdicts(withLast({ greyP90: 50 }), limits)).toEqual([]);
    expect(imagingVerdicts(withLast({ greyP10: 100, greyP90: 100 }), limits)).toEqual([]);
  });

  it('judges nothing that was not measured, and compares none of seven tiles', () => {
    const old = { quality: { greyMean: 60, greyStandardDeviation: 50, saturatedShare: 0.9 } };
    expect(imagingVerdicts([...evenRun(), old, { quality: null }], limits)).toEqual([]);
    expect(imagingVerdicts(withLast({ edgeBlurPx: null, rowJitterPx: null }), limits)).toEqual([]);
    expect(imagingVerdicts(withLast({ edgeBlurPx: 4.4 }).slice(2), limits)).toEqual([]);
  });

  it('judges nothing whose limit is null', () => {
    const off = {
      ...limits,
      whiteShareMax: null,
      blackShareMax: null,
      edgeBlurRatioMax: null,
      rowFlickerExcessMaxGrey: null,
      rowJitterExcessMaxPx: null,
      greyShiftMax: null,
    };
    const bad = {
      edgeBlurPx: 9,
      rowFlickerGrey: 9,
      rowJitterPx: 9,
      whiteShare: 1,
      blackShare: 1,
      greyP10: 255,
    };
    expect(imagingVerdicts(withLast({ ...bad, greyP90: 255 }), off)).toEqual([]);
  });
});

it('tells blurred, charged and drifted tiles of a virtual powder from good, sparse and empty ones', () => {
  const specimen = specimenOf({ ...acquisitionDefaults, folder: '', rows: 1, columns: 3 });
  const pixelSizeUm = gridPixelSizeUm(specimen.grid);
  const powderOf = (particlesPerMm2: number) =>
    layPowderUnder({ ...specimen, amount: { kind: 'density', particlesPerMm2 } }, 1);
  const powder = powderOf(8000);
  const tileOf = (place: number, fault = {}, of = powder): MeasuredTile => {
    const window = { centre: { x: 35 * place, y: 0 }, widthPx: 800, heightPx: 500, pixelSizeUm };
    const { image } = renderWindow(of, window, { ...specimen.imaging, ...fault, seed: 1 });
    return { quality: imageQuality({ widthPx: 800, heightPx: 500, pixels: image }) };
  };
  const good = [0, 1, 2].map((place) => tileOf(place));
  const bad = [tileOf(3, { blurPx: 3 }), tileOf(4, { charging: 30 }), tileOf(5, { driftPx: 4 })];
  const few = [tileOf(0, {}, powderOf(1500)), tileOf(0, {}, powderOf(1))];
  const verdicts = imagingVerdicts([...good, ...bad, ...few], { ...limits, tilesMin: 5 });
  expect(verdicts.map(({ tile, causes }) => [tile, causes])).toEqual([
    [3, ['blurred']],
    [4, ['charged']],
    [5, ['drifted']],
  ]);
}, 60_000);
