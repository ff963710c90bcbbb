import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { judgeKeptFiles } from '../../src/doctor/checks/kept-files.ts';
import { keptSamples } from '../../src/report/sample/kept-samples.ts';
import { updateIndex } from '../../src/report/samples-index/write-index.ts';
import { startRetention } from '../../src/run/retention.ts';
import { deleteSurplus } from '../../src/run/surplus-files.ts';
import { openStore } from '../../src/store/database.ts';
import { recorder } from '../publish/sending.ts';
import { exampleRun } from '../store/examples.ts';
import { type Premises, premises, type Settings } from '../support/premises.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const now = Date.parse('2026-03-31T00:00:00Z');

/** 10 MB of overlays and 1 MB beside them, written so many days ago. */
function written(place: Premises, sample: string, days: number): string {
  const folder = join(place.reportFolder, sample, `202603${String(31 - days).padStart(2, '0')}T000000Z`);
  mkdirSync(join(folder, 'overlays'), { recursive: true });
  for (const [name, bytes] of [
    ['overlays/a.png', 10e6],
    ['summary.json', 1e6],
  ] as const) {
    writeFileSync(join(folder, name), Buffer.alloc(bytes));
    utimesSync(join(folder, name), now / 1000, (now - days * DAY_MS) / 1000);
  }
  return folder;
}

async function swept(place: Premises, retention: Settings['retention'], seenDays = 30) {
  const config = loadConfig(
    null,
    {},
    { report: { folder: place.reportFolder }, retention: { overlaysGb: null, ...retention } },
  );
  const logger = recorder();
  const store = openStore(':memory:');
  const name = '20260301T000000Z'; // its run fills again
  // particled was there every day of the month
  for (let day = 0; day <= seenDays; day++) store.keptRows.noteDay(now - day * DAY_MS);
  store.runs.create({ ...exampleRun, sampleId: 'filling', name });
  await deleteSurplus({ config, store, logger }, now);
  store.close();
  return logger;
}

describe('retention', () => {
  it('deletes the zoomable picture of a grid with the outlines, whenever it was made', async () => {
    const place = premises();
    const [old, young] = [written(place, 'a', 20), written(place, 'b', 5)];
    for (const folder of [old, young]) {
      mkdirSync(join(folder, 'pyramid', '0123456789abcdef', '0'), { recursive: true });
      // Made just now, as somebody looked.
      writeFileSync(join(folder, 'pyramid', '0123456789abcdef', '0', '0.jpg'), Buffer.alloc(2e6));
    }
    const [first] = await keptSamples(place.reportFolder);
    expect(first).toMatchObject({ overlaysBytes: 12e6, bytes: 13e6, writtenAtMs: now - 20 * DAY_MS });
    await swept(place, { overlaysDays: 10 });
    expect(readdirSync(old)).toEqual(['summary.json']);
    expect(readdirSync(young).sort()).toEqual(['overlays', 'pyramid', 'summary.json']);
  });

  it('deletes outlines of samples that are too old, and leaves everything else of them', async () => {
    const place = premises();
    const old = written(place, 'a', 20);
    const young = written(place, 'b', 5);
    const filling = written(place, 'filling', 30);
    const log = await swept(place, { overlaysDays: 10 });
    expect(readdirSync(old)).toEqual(['summary.json']);
    for (const folder of [young, filling]) expect(existsSync(join(folder, 'overlays', 'a.png'))).toBe(true);
    expect(JSON.stringify(log)).toContain('old files of samples deleted (retention)');
  });

  it('deletes nothing for its age where the clock alone says so, as one that is set a month ahead', async () => {
    const place = premises();
    const old = written(place, 'a', 20);
    written(place, 'b', 1);
    await swept(place, { overlaysDays: 10, reportsDays: 10 }, 8); // there on nine days
    expect(existsSync(join(old, 'overlays', 'a.png'))).toBe(true);
    await swept(place, { overlaysDays: 10 }, 9); // ten days, all after it was written
    expect(existsSync(join(old, 'overlays', 'a.png'))).toBe(false);
  });

  it('deletes the oldest until the rest keeps to the gigabytes, though never the newest sample', async () => {
    const place = premises();
    const folders = [20, 10, 5].map((days) => written(place, 'a', days));
    await swept(place, { overlaysGb: 0.025 }); // 30 MB of outlines: one sample's must go
    expect(folders.map((folder) => existsSync(join(folder, 'overlays')))).toEqual([false, true, true]);
    await swept(place, { reportsGb: 0.01 });
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, false, true]);
  });

  it('keeps folders that are no samples, and what links lead to', async () => {
    const place = premises();
    const elsewhere = written({ ...place, reportFolder: join(place.folder, 'elsewhere') }, 'x', 30);
    written(place, 'a', 1);
    mkdirSync(join(place.reportFolder, 'a', 'notes'));
    symlinkSync(elsewhere, join(place.reportFolder, 'a', '20260102T000000Z'));
    await swept(place, { reportsDays: 10, overlaysDays: 10 });
    expect(existsSync(join(elsewhere, 'overlays', 'a.png'))).toBe(true);
    expect(existsSync(join(place.reportFolder, 'a', 'notes'))).toBe(true);
  });

  it('takes what it deletes out of the index of all samples', async () => {
    const place = premises();
    written(place, 'old', 20);
    written(place, 'young', 1);
    await updateIndex(place.reportFolder, 'UTC');
    const index = () => readFileSync(join(place.reportFolder, 'index.html'), 'utf8');
    expect(index()).toContain('href="old/');
    const config = loadConfig(
      null,
      {},
      { report: { folder: place.reportFolder }, retention: { reportsGb: 0.012 } },
    );
    const store = openStore(':memory:');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const retention = startRetention({ config, store, logger: recorder() }, 'UTC');
    vi.advanceTimersByTime(60_000); // after a start what is owed comes first
    vi.useRealTimers();
    await until('an index without it', () => !index().includes('href="old/'));
    expect(index()).toContain('href="young/');
    await retention.stop();
    store.close();
  });

  it('is told by the doctor: how much there is, and for how long it is kept', async () => {
    const place = premises();
    written(place, 'a', 20);
    written(place, 'b', 5);
    const config = loadConfig(null, {}, { retention: { overlaysDays: 90, rowsDays: 365 } });
    expect(judgeKeptFiles(await keptSamples(place.reportFolder), config, new Date(now)).found).toBe(
      '2 samples of the last 20 days; outlines 20 MB, kept for 90 days or 100 GB; reports 2.0 MB, kept for ever; particles in the database kept for 365 days (retention)',
    );
  });
});
