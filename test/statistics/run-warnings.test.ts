import { describe, expect, it } from 'vitest';
import { runStatistics } from '../../src/statistics/run-statistics.ts';
import { everyTileLeftOut } from '../../src/statistics/warnings.ts';
import { runOf, tileOfAreas, tileOfDiameters, tileWith } from './tiles.ts';

const options = { resamples: 0, seed: 1, classesPerDecade: 10, visible: null };

describe('the detection limit', () => {
  const visible = { diameterUm: 2, recall: 0.5 };

  it('marks the percentiles under it', () => {
    // D10 is 1.8, D50 5; by area 4 sqrt(285 / 285): far above 2.
    const run = runOf([tileOfDiameters(1, 2, 3, 4, 5, 6, 7, 8, 9)]);
    const { detectionLimit, warnings } = runStatistics(run, { ...options, visible });
    expect(detectionLimit).toEqual({
      ...visible,
      figuresBelow: [
        'all.areaUm2.d10',
        'all.diameterEquivalentUm.d10',
        'certain.areaUm2.d10',
        'certain.diameterEquivalentUm.d10',
      ],
    });
    expect(warnings.map(({ code }) => code)).toContain('below-detection-limit');
  });

  it('is unknown where the model does not say', () => {
    expect(runStatistics(runOf([tileOfAreas(1)]), options).detectionLimit).toBeNull();
  });

  it('marks nothing in a run without particles', () => {
    expect(runStatistics(runOf([]), { ...options, visible }).detectionLimit?.figuresBelow).toEqual([]);
  });
});

describe('the uncertainty spread', () => {
  it('is the relative gap between all particles and certain ones', () => {
    // Mean area 2 of all, 1 of the certain: 50 %.
    const run = runOf([tileWith([{ areaUm2: 1 }, { areaUm2: 3, certain: false }])]);
    expect(runStatistics(run, options).uncertaintySpread?.areaMean).toBeCloseTo(0.5, 12);
  });

  it('is unknown without a certain particle', () => {
    const run = runOf([tileWith([{ areaUm2: 3, certain: false }])]);
    expect(runStatistics(run, options).uncertaintySpread).toBeNull();
  });
});

describe('the warning of too few particles', () => {
  it('says how many ISO 13322-1 asks for', () => {
    // Two sizes of a ratio 1.6^2, equally many: their geometric standard deviation is 1.6.
    const { warnings } = runStatistics(runOf([tileOfDiameters(1, 1.6 ** 2)]), options);
    expect(warnings.map(({ message }) => message)).toEqual([
      '2 particles were counted; at a geometric standard deviation of 1.60, ISO 13322-1 asks for 6,092 for means by volume and 60,811 for percentiles by volume (5 % error, 95 % confidence)',
    ]);
  });

  it('is not given where there are enough', () => {
    // Particles of one size need no others.
    expect(runStatistics(runOf([tileOfDiameters(2, 2, 2)]), options).warnings).toEqual([]);
  });
});

describe('a run of which every tile is left out', () => {
  const black = { keys: ['blackShareMax'] as const, reason: 'black share 0.5, limit 0.25' };

  it('names the key that fails them all', () => {
    expect(everyTileLeftOut(3, [black, black, black])).toEqual({
      code: 'every-tile-left-out',
      message:
        'all 3 tiles were left out for their imaging, so nothing is counted: imaging.blackShareMax fails every one ' +
        '(the first: black share 0.5, limit 0.25); image the sample again, or where it looks like this, set another limit or null',
    });
  });

  it('tells how many each of several keys fails', () => {
    const both = { keys: ['blackShareMax', 'whiteShareMax'] as const, reason: '' };
    expect(everyTileLeftOut(2, [black, both])?.message).toContain(
      'imaging.blackShareMax fails every one, imaging.whiteShareMax fails 1',
    );
  });

  it('is none where a tile counts, or none is there', () => {
    expect(everyTileLeftOut(3, [black, black])).toBeNull();
    expect(everyTileLeftOut(0, [])).toBeNull();
  });
});
