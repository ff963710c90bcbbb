import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startAnalysis } from '../support/analysis-process.ts';
import { type Premises, premises } from '../support/premises.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

const SLOW_MS = 600_000;

/** Two folders of a sample each, 6 and 4 tiles, and in each a file that is none. */
async function archive(): Promise<Premises> {
  const place = premises();
  for (const [folder, rows, seed] of [
    ['monday', 3, 1],
    ['tuesday', 2, 2],
  ] as const) {
    const inside = join(place.exportFolder, folder);
    mkdirSync(inside);
    writeTiles(inside, await simulatedTiles({ rows, columns: 2, seed, sampleLabel: folder }));
    writeFileSync(join(inside, 'notes.tif'), 'do not forget to vent');
  }
  return place;
}

/** All that the tables and summaries of a folder say, but for when each run was made. */
function results(out: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const sample of ['monday', 'tuesday']) {
    const runs = readdirSync(join(out, sample));
    expect(runs).toHaveLength(1);
    const run = runs[0]!;
    const folder = join(out, sample, run);
    for (const name of ['particles.csv', 'pieces.csv', 'tiles.csv', 'summary.json']) {
      const text = readFileSync(join(folder, name), 'utf8').replaceAll(run, 'RUN');
      // When a file was seen first, and which revision of the summary it is.
      found[`${sample}/${name}`] = text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|"revision": \d+/g, '-');
    }
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['particles.parquet', 'tiles.parquet', 'report.html']),
    );
  }
  return found;
}

it(
  'an analysis killed (kill -9) in the middle again and again goes on where it was, counts each tile once, and ends with the files of an undisturbed one',
  async () => {
    const place = await archive();
    const calm = startAnalysis(
      place,
      place.exportFolder,
      '--store',
      join(place.folder, 'calm.db'),
      '--out',
      join(place.folder, 'calm'),
    );
    expect(await calm.ended(), calm.stderr()).toBe(0);

    const words = [place.exportFolder, '--store', place.storeFile, '--out', place.reportFolder];
    let segmented = 0;
    for (const more of [1, 3, 4]) {
      const killed = startAnalysis(place, ...words);
      await killed.says('tile segmented', more);
      await killed.endGroup('SIGKILL');
      const { segmented: now } = stored(place.storeFile).tiles.countByState();
      // Each goes on with what the one before has left; a tile may end between the word and the signal.
      expect(now).toBeGreaterThanOrEqual(segmented + more);
      segmented = now;
    }
    expect(segmented).toBeLessThan(10);
    const last = startAnalysis(place, ...words);
    expect(await last.ended(), last.stderr()).toBe(0);
    await last.says('tile segmented', 10 - segmented);

    expect(stored(place.storeFile).tiles.countByState()).toEqual({
      seen: 0,
      segmented: 10,
      failed: 0,
      superseded: 0,
    });
    expect(stored(place.storeFile).outboxDepth()).toBe(0);
    expect(results(place.reportFolder)).toEqual(results(join(place.folder, 'calm')));
    expect(last.stdout()).toContain('tuesday/notes.tif (not-an-image)');
  },
  SLOW_MS,
);

it(
  'an analysis stopped by Ctrl-C says how to go on, and one with nothing left to do says so and changes no file',
  async () => {
    const place = await archive();
    const words = [place.exportFolder, '--store', place.storeFile, '--out', place.reportFolder];
    const stopped = startAnalysis(place, ...words);
    await stopped.says('tile segmented', 2);
    expect(await stopped.endGroup('SIGINT'), stopped.stderr()).toBe(130);
    expect(stopped.stderr()).toMatch(/stopped: \d+ of 12 files done; the same command goes on from there/);
    expect(stopped.stdout()).toBe('');

    const second = startAnalysis(place, ...words);
    expect(await second.ended(), second.stderr()).toBe(0);
    const written = () =>
      // The index over all samples is renewed at each start.
      readdirSync(place.reportFolder, { recursive: true }).map((name) => [
        name,
        /index/.test(String(name)) ? 0 : statSync(join(place.reportFolder, String(name))).mtimeMs,
      ]);
    const before = written();
    const third = startAnalysis(place, ...words, '--json');
    expect(await third.ended(), third.stderr()).toBe(0);
    expect(third.stderr()).toContain('all 12 files were analysed before; nothing was left to do');
    expect(third.stderr()).not.toContain('tile segmented');
    expect(written()).toEqual(before);
    expect(JSON.parse(third.stdout())).toMatchObject([
      { statistics: { tiles: 6 } },
      { statistics: { tiles: 4 } },
    ]);
    expect(JSON.parse(third.stdout())).toHaveLength(2);
  },
  SLOW_MS,
);
