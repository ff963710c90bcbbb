import { describe, expect, it } from 'vitest';
import { filterSection } from '../../../src/report/sample/filter-card.ts';
import { howToRead } from '../../../src/report/sample/report-notes.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import type { Estimate, FilterStatistics } from '../../../src/statistics/size-statistics.ts';
import { wholeSummary } from './example-summary.ts';

const around = (value: number): Estimate => ({ value, low95: value - 0.2, high95: value + 0.2 });

/** 80 particles around 4.9 um pass, 8 of them uncertain; 20 more with 12 uncertain ones would make it 3.5 um. */
const filter: FilterStatistics = {
  expression: 'circularity >= 0.8',
  from: 'configuration',
  particlesLeftOut: 20,
  unfiltered: {
    ...{ count: 100, uncertainCount: 20, areaMeanUm2: around(9.8) },
    diameterUm: { mean: around(3.5), d10: around(3.5), d50: around(3.5), d90: around(3.5) },
    diameterByVolumeUm: { d10: around(4.9), d50: around(4.9), d90: around(4.9) },
  },
};

function pageOf(changes: Partial<SampleSummary['statistics']>): string {
  const statistics = { ...wholeSummary.statistics, ...changes };
  return filterSection({ ...wholeSummary, statistics })?.text.replaceAll('&nbsp;', ' ') ?? '';
}

/** Of a row of the table by its first cell: the others, without intervals. */
function rowOf(page: string, name: string): (string | undefined)[] {
  const row = new RegExp(`<tr><th scope="row">${name}</th>(.*?)</tr>`, 's').exec(page)?.[1] ?? '';
  return [...row.matchAll(/<td[^>]*>([^<]*)/g)].map(([, cell]) => cell?.trim());
}

describe('the card of what is counted', () => {
  it('is not there where all particles count by the usual diameter', () => {
    expect(filterSection(wholeSummary)).toBeNull();
    expect(pageOf({ diameter: 'area' })).toBe('');
  });

  it('shows each figure with and without the filter, and how far they lie apart', () => {
    const page = pageOf({ filter });
    expect(page).toContain(
      'Only particles with circularity &gt;= 0.8 count: 20 of 100 particles (20 %) are left out.',
    );
    expect(rowOf(page, 'Particles')).toEqual(['80', '100', '−20 %']);
    expect(rowOf(page, 'Uncertain')).toEqual(['8', '20', '−60 %']);
    // 4.9 / 3.5 = 1.4
    for (const name of ['D10', 'D50', 'D90', 'Mean']) {
      expect(rowOf(page, name)).toEqual([expect.stringMatching(/^4\.90? µm/), expect.any(String), '+40 %']);
    }
    expect(rowOf(page, 'D50 by volume').at(-1)).toBe('0 %');
    expect(page).toContain('Verdict and precision rest on the figures with the filter.');
  });

  it('says who asked, and that outlines are those of whole particles', () => {
    const page = pageOf({ filter: { ...filter, from: 'request' } });
    expect(page).toContain('count, as a command asked:');
    expect(page).toContain('those that one tile shows whole count');
    const byArea = { ...filter, expression: 'areaUm2 > 1' };
    expect(pageOf({ filter: byArea })).not.toContain('those that one tile shows whole count');
  });

  it('names a diameter that is not the usual one', () => {
    const page = pageOf({ diameter: 'feretMin' });
    expect(page).toContain('A diameter here is the least Feret diameter (x_Fmin of ISO 9276-6)');
    expect(page).not.toContain('<table');
    const statistics = { ...wholeSummary.statistics, diameter: 'feretMin' } as const;
    const notes = howToRead({ ...wholeSummary, statistics })?.text;
    expect(notes).toContain(
      'A diameter is the least Feret diameter: the least distance of two parallel lines',
    );
    expect(howToRead(wholeSummary)?.text).toContain('that of the circle with the particle’s projected area');
  });
});
