import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { compare, compareFolders } from '../../../src/commands/compare/compare.ts';
import type { ComparedRun, Comparison } from '../../../src/commands/compare/comparison.ts';
import { startEngine } from '../../../src/commands/compare/engine.ts';
import { readResultFolder } from '../../../src/commands/compare/result-folder.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { percentileOfCounted } from '../../../src/statistics/numeric/percentile.ts';
import { sizesOf } from '../../../src/statistics/published-sizes.ts';
import { particled } from '../../support/command.ts';
import { premises } from '../../support/premises.ts';
import { writeDiscResults } from './disc-results.ts';

async function compared(a: string, b: string): Promise<Comparison> {
  const engine = await startEngine();
  try {
    return await compareFolders(engine, readResultFolder(a), readResultFolder(b));
  } finally {
    engine.close();
  }
}

/** Two folders of results that do not exist yet. */
function folders(): { a: string; b: string } {
  const { folder } = premises();
  return { a: join(folder, 'a'), b: join(folder, 'b') };
}

function figuresOf({ statistics: { all } }: SampleSummary) {
  const [sizes, byVolume] = [sizesOf(all)!, all.diameterByVolumeUm!];
  return {
    count: all.count,
    areaMeanUm2: all.areaUm2!.mean.value,
    ...{ d10Um: sizes.d10.value, d50Um: sizes.d50.value, d90Um: sizes.d90.value },
    ...{
      d10ByVolumeUm: byVolume.d10.value,
      d50ByVolumeUm: byVolume.d50.value,
      d90ByVolumeUm: byVolume.d90.value,
    },
  };
}

function sideOf({ figures }: ComparedRun, side: 'a' | 'b') {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure[side]]));
}

describe('two results of one archive', () => {
  it.each([
    [{}, 'join'],
    [{ border: 'weight' }, 'weight'],
    [{ border: 'exclude', diameter: 'feretMax' }, 'exclude'],
    // A joined particle's outline is not known, which this filter asks for.
    [{ diameter: 'feretMin', filter: 'diameterFeretMinUm > 6' }, 'weight'],
  ] as const)(
    "have their summaries' own figures, to the last digit, however they are counted: %j",
    async (statistics, method) => {
      const { a, b } = folders();
      const grid = { rows: 4, columns: 5, statistics };
      const inA = await writeDiscResults(a, grid);
      const inB = await writeDiscResults(b, { ...grid, larger: 1.25 });
      const { runs, leftOut } = await compared(a, b);
      expect(runs).toHaveLength(1);
      expect(sideOf(runs[0]!, 'a')).toEqual(figuresOf(inA));
      expect(sideOf(runs[0]!, 'b')).toEqual(figuresOf(inB));
      expect(runs[0]!.tiles).toEqual({ a: 20, b: 20, both: 20 });
      expect(leftOut).toEqual({ onlyA: [], onlyB: [], faults: [], tiles: 0 });
      expect(inA.statistics.border.method).toBe(method);
    },
  );

  it('differ by what the other model found larger, and say where that is outside the interval', async () => {
    const { a, b } = folders();
    const grid = { rows: 4, columns: 5, statistics: { border: 'exclude' } } as const;
    const { statistics } = await writeDiscResults(a, grid);
    await writeDiscResults(b, { ...grid, larger: 1.5 });
    const { runs, overall } = await compared(a, b);
    const { figures } = runs[0]!;
    // The same particles, each 1.5 times as long: 2.25 times the area.
    expect(figures.count.change).toBe(0);
    expect(figures.d50Um.change).toBeCloseTo(0.5, 7);
    expect(figures.d90ByVolumeUm.change).toBeCloseTo(0.5, 7);
    expect(figures.areaMeanUm2.change).toBeCloseTo(1.25, 7);
    const { low95, high95 } = statistics.all.diameterEquivalentUm!.d50;
    expect(figures.d50Um).toMatchObject({ low95, high95, isOutside: figures.d50Um.b! > high95! });
    expect(figures.d50Um.isOutside).toBe(true);
    expect(overall.find(({ figure }) => figure === 'd50Um')).toMatchObject({
      ...{ runs: 1, outside: 1, withInterval: 1, worst: [{ sample: 'discs', run: 'run' }] },
    });
    expect(overall.find(({ figure }) => figure === 'count')).toMatchObject({
      median: 0,
      outside: 0,
      withInterval: 0,
    });
  });

  it('are matched by the content of their tiles under whatever name a run has, and tell of those without a match', async () => {
    const { a, b } = folders();
    await writeDiscResults(a, { rows: 2, columns: 3, seed: 1 }, 'first');
    await writeDiscResults(a, { rows: 2, columns: 3, seed: 2 }, 'second');
    await writeDiscResults(a, { rows: 1, columns: 2, seed: 3, label: 'lost' }, 'third');
    await writeDiscResults(b, { rows: 2, columns: 3, seed: 2 }, 'again-1');
    await writeDiscResults(b, { rows: 2, columns: 3, seed: 1 }, 'again-2');
    const { runs, leftOut } = await compared(a, b);
    expect(runs.map(({ run }) => run)).toEqual([
      { a: 'first', b: 'again-2' },
      { a: 'second', b: 'again-1' },
    ]);
    expect(leftOut.onlyA).toEqual([{ sampleId: 'lost', label: 'lost', name: 'third' }]);
    expect(leftOut.onlyB).toEqual([]);
  });

  it('are compared over the tiles that count in both, and say how many do not', async () => {
    const { a, b } = folders();
    const grid = { rows: 3, columns: 4, statistics: { border: 'exclude' } } as const;
    await writeDiscResults(a, grid);
    const inB = await writeDiscResults(b, { ...grid, lacksLast: true });
    const { runs, leftOut } = await compared(a, b);
    expect(runs[0]!.tiles).toEqual({ a: 12, b: 11, both: 11 });
    expect(leftOut.tiles).toBe(1);
    // All of B's tiles are in both: its figures are those of its summary. Of A's particles those of the last tile are left out.
    expect(sideOf(runs[0]!, 'b')).toEqual(figuresOf(inB));
    const file = await asyncBufferFromFile(join(a, 'discs/run/particles.parquet'));
    const sizes = (await parquetReadObjects({ file }))
      .filter(({ tile }) => tile !== 'discs_11.tif')
      .map(({ diameterUm }) => Number(diameterUm))
      .sort((one, other) => one - other);
    const ranks = sizes.map((_, at) => at + 1);
    expect(runs[0]!.figures.count.a).toBe(sizes.length);
    expect(runs[0]!.figures.d90Um.a).toBeCloseTo(percentileOfCounted(sizes, ranks, 0.9), 7);
  });

  it('are compared but for the runs whose tables are damaged, which are named', async () => {
    const { a, b } = folders();
    for (const folder of [a, b]) {
      await writeDiscResults(folder, { rows: 2, columns: 3, seed: 1 }, 'whole');
      await writeDiscResults(folder, { rows: 2, columns: 3, seed: 2 }, 'damaged');
    }
    writeFileSync(join(b, 'discs/damaged/tiles.parquet'), 'PAR1');
    const { runs, leftOut } = await compared(a, b);
    expect(runs.map(({ run }) => run)).toEqual([{ a: 'whole', b: 'whole' }]);
    expect(leftOut.faults).toEqual([
      { run: 'discs/damaged', reason: expect.stringContaining('damaged/tiles.parquet') },
    ]);
    expect(leftOut.onlyA).toEqual([{ sampleId: 'discs', label: 'discs', name: 'damaged' }]);
    expect(leftOut.onlyB).toEqual([]);
  });

  it('cannot be compared where they were counted by different filters', async () => {
    const { a, b } = folders();
    await writeDiscResults(a, { rows: 2, columns: 3 });
    await writeDiscResults(b, { rows: 2, columns: 3, statistics: { filter: 'areaUm2 > 50' } });
    await expect(compared(a, b)).rejects.toThrow(
      'discs: its filter is none in A (run) and areaUm2 > 50 in B (run); analyse both with the same statistics.filter',
    );
  });
});

describe('particled compare', () => {
  it('prints a line a run and how figures move over all, as data with --json, and writes the table with --out', async () => {
    const { a, b } = folders();
    await writeDiscResults(a, { rows: 3, columns: 4, label: 'one' });
    await writeDiscResults(b, { rows: 3, columns: 4, label: 'one', larger: 1.5 });
    const { code, stdout, stderr } = await particled('compare', a, b);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [titles, one] = stdout.split('\n');
    expect(titles).toMatch(
      /^sample +run in A +tiles +D50 A um +D50 B um +D50 +particles +mean area +D10 +D90 +D10 vol/,
    );
    expect(one).toMatch(/^one +run +12 +[\d.]+ +[\d.]+ +\+50 %\*/);
    expect(stdout).toMatch(/^1 run, B against A +median +least +greatest +outside A's interval +farthest$/m);
    expect(stdout).toMatch(/^D50 +\+50 % +\+50 % +\+50 % +1 of 1 +one \+50 %$/m);

    for (const ending of ['csv', 'parquet']) {
      const out = join(a, '..', `moved.${ending}`);
      const written = await particled('compare', a, b, '--json', '--out', out);
      expect(written.code, written.stderr).toBe(0);
      const [run] = (JSON.parse(written.stdout) as Comparison).runs;
      const row =
        ending === 'parquet'
          ? (await parquetReadObjects({ file: await asyncBufferFromFile(out) }))[0]!
          : csvRow(readFileSync(out, 'utf8'));
      expect(Number(row.d50UmB)).toBe(run!.figures.d50Um.b);
      expect(Number(row.d50UmChange)).toBe(run!.figures.d50Um.change);
      expect(String(row.d50UmOutside)).toBe('true');
    }
  });

  it('says what is wrong with what it is given', async () => {
    const { a, b } = folders();
    mkdirSync(a);
    const empty = await particled('compare', a, b);
    expect(empty).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${a}: holds no results; give the folder of`),
    });
    const ending = await particled('compare', a, b, '--out', 'moved.txt');
    expect(ending.stderr).toContain(
      '--out moved.txt: ends in .txt; give a file that ends in .csv or .parquet',
    );
  });

  it.each(['csv', 'parquet'])('names the %s file that it cannot write', async (ending) => {
    const { a, b } = folders();
    await writeDiscResults(a, { rows: 2, columns: 3 });
    await writeDiscResults(b, { rows: 2, columns: 3 });
    const out = join(a, `none/moved.${ending}`);
    await expect(compare(a, b, { out, json: false })).rejects.toThrow(
      `--out ${out}: cannot be written (ENOENT`,
    );
  });

  it('says what to install where DuckDB is not there', async () => {
    const missing = startEngine(() => Promise.reject(new Error("Cannot find package '@duckdb/node-api'")));
    await expect(missing).rejects.toThrow('npm install --global @duckdb/node-api');
  });
});

function csvRow(text: string): Record<string, string> {
  const [names = '', values = ''] = text.split('\r\n');
  const cells = values.split(',');
  return Object.fromEntries(names.split(',').map((name, at) => [name, cells[at] ?? '']));
}
