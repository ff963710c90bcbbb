import { describe, expect, it } from 'vitest';
import { acquisitionScore } from '../../../src/evaluation/sizes/acquisition-score.ts';

const fieldUm = { width: 80, height: 80 };
const particle = (areaUm2: number, x: number, touchesBorder = false) => ({
  areaUm2,
  diameterEquivalentUm: Math.sqrt((4 * areaUm2) / Math.PI),
  centroidStageUm: { x, y: 0 },
  touchesBorder,
});

describe('acquisitionScore', () => {
  it('compares what was found whole with what lies whole in a tile, and with all', () => {
    const truth = [
      { areaUm2: 10, wholeInATile: true },
      { areaUm2: 30, wholeInATile: true },
      { areaUm2: 200, wholeInATile: false },
    ];
    const tile = {
      stagePositionUm: { x: 0, y: 0 },
      fieldUm,
      particles: [particle(12, -20), particle(36, 10), particle(90, 38, true)],
    };
    const score = acquisitionScore(truth, [tile]);
    expect(score).toMatchObject({ tiles: 1, borderCount: 1, whole: { count: 2 }, all: { count: 3 } });
    expect(score.found).toMatchObject({ count: 2, areaMeanUm2: 24 });
    // Areas 1.2 times too large: diameters sqrt(1.2) times, at every percentile.
    expect(score.errorToWhole?.areaMean).toBeCloseTo(0.2, 12);
    expect(score.errorToWhole?.d50).toBeCloseTo(Math.sqrt(1.2) - 1, 12);
    // Mean 24 of 80.
    expect(score.errorToAll?.areaMean).toBeCloseTo(24 / 80 - 1, 12);
  });

  it('counts a particle that two overlapping tiles show once', () => {
    const tiles = [0, 60].map((x) => ({
      stagePositionUm: { x, y: 0 },
      fieldUm,
      particles: [particle(20, 30)],
    }));
    expect(acquisitionScore([{ areaUm2: 20, wholeInATile: true }], tiles).found.count).toBe(1);
  });

  it('has no size error where nothing was found', () => {
    const tile = { stagePositionUm: { x: 0, y: 0 }, fieldUm, particles: [] };
    expect(acquisitionScore([{ areaUm2: 20, wholeInATile: true }], [tile])).toMatchObject({
      found: { count: 0, areaMeanUm2: null },
      errorToWhole: null,
    });
  });
});
