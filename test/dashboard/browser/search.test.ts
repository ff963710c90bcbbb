import { describe, expect, it } from 'vitest';
import { searchAddress, searchOf, searchPath } from '../../../src/dashboard/browser/samples/search.ts';
import { trendOf } from '../../../src/dashboard/browser/samples/trend-points.ts';
import { runEntry } from './examples.ts';

describe('a search of samples', () => {
  it('is held by the address, as it was given', () => {
    const given = { query: 'LiCoO2 & <b>', verdict: 'accept', d50MinUm: '4.5', offset: '50', trend: 'Li 1' };
    const search = searchOf(given);
    const [, held = ''] = searchAddress(search).split('?');
    expect(searchOf(Object.fromEntries(new URLSearchParams(held)))).toEqual(search);
    expect(searchAddress(searchOf({}))).toBe('/samples');
  });

  it('asks for what was given and nothing else', () => {
    expect(searchPath(searchOf({ query: ' Li ', trend: 'x', unknown: 'y', offset: '-3' }))).toBe(
      'runs?query=Li&limit=25',
    );
  });
});

describe('the trend of a label', () => {
  const run = (day: number, value: number, sampleLabel = 'Li') =>
    runEntry({
      ...{ sampleLabel, run: `r${day}`, state: 'complete' },
      lastTileAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`,
      d50Um: { value, low: null, high: null },
    });

  it('has its ended runs in their order, and no others', () => {
    const runs = [run(3, 5), run(1, 5.2), run(2, 5.1, 'Li 2'), { ...run(4, 9), state: 'filling' as const }];
    expect(trendOf('Li', runs).points.map(({ entry }) => entry.run)).toEqual(['r1', 'r3']);
    expect(trendOf('Li', runs).limits).toBeNull();
  });

  it('says which lie outside three sigma by the mean moving range', () => {
    // 20 runs at 5 and 5.1 in turn, then one at 6: mean range (19 x 0.1 + 0.9) / 20 = 0.14, so 3 sigma are 0.372.
    const steady = Array.from({ length: 20 }, (_, i) => run(i + 1, i % 2 === 0 ? 5 : 5.1));
    const { points, limits } = trendOf('Li', [...steady, run(21, 6)]);
    expect(limits?.centre).toBeCloseTo((20 * 5.05 + 6) / 21, 9);
    expect(limits && limits.high - limits.centre).toBeCloseTo((3 * 0.14) / 1.128, 9);
    expect(points.filter(({ isOutside }) => isOutside).map(({ entry }) => entry.run)).toEqual(['r21']);
  });
});
