import { describe, expect, it } from 'vitest';
import { nightReport } from '../../../src/report/night/model.ts';
import { nightText } from '../../../src/report/night/plain-text.ts';
import { factsOf, runOf } from './nights.ts';

type Run = ReturnType<typeof runOf>;

const estimate = (value: number) => ({ value, low95: value * 0.9, high95: value * 1.1 });

/** Half of 800 particles do not pass; with them D50 would be 2 um. */
const filter = {
  ...{ expression: 'solidity >= 0.9', from: 'configuration' as const, particlesLeftOut: 400 },
  unfiltered: {
    ...{ count: 800, uncertainCount: 0, areaMeanUm2: estimate(4), diameterByVolumeUm: null },
    diameterUm: { mean: estimate(2.2), d10: estimate(1), d50: estimate(2), d90: estimate(4) },
  },
};

function counted({ summary, ...run }: Run, changes: Partial<Run['summary']['statistics']>): Run {
  return { ...run, summary: { ...summary, statistics: { ...summary.statistics, ...changes } } };
}

function mailOf(run: Run, previous: Run | null = null): string {
  const facts = factsOf([]);
  return nightText(nightReport({ ...facts, finished: [{ run, previous, revises: null }] }));
}

describe("the night's mail of a sample that is not counted as usual", () => {
  const run = runOf({ label: 'powder', d50: 5 });

  it('gives filter, what it leaves out, and the figures without it', () => {
    const text = mailOf(counted(run, { filter })).replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'Only particles with solidity >= 0.9 count: 400 of 800 particles (50 %) are left out. Without the filter: D10 1.0',
    );
    expect(text).toMatch(/Without the filter: D10 1\.0\S* µm \(.*\), D50 2\.0\S* µm \(.*\), D90 4\.0\S* µm/);
    expect(mailOf(run)).not.toContain('filter');
  });

  it('names the diameter', () => {
    const sizes = run.summary.statistics.all.diameterEquivalentUm;
    const all = { ...run.summary.statistics.all, diameterFeretMaxUm: sizes };
    const text = mailOf(counted(run, { diameter: 'feretMax', all })).replaceAll(/\s+/g, ' ');
    expect(text).toContain('A diameter here is the greatest Feret diameter (x_Fmax of ISO 9276-6)');
  });

  it('does not call a change one where other particles counted before', () => {
    const before = runOf({ label: 'powder', d50: 4 });
    const text = mailOf(counted(run, { filter }), before).replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'but other particles or another diameter counted then (equivalent circular diameter, all particles)',
    );
    expect(mailOf(run, before)).toContain('the intervals');
  });
});
