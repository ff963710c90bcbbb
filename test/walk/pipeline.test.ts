import { copyFileSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startReporter } from '../../src/run/reporter.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid, writeSmallTile } from '../support/small-tile.ts';
import { until } from '../support/until.ts';
import { threeParticles, walkOn } from '../support/walk.ts';

describe('the walk of a grid', () => {
  it('counts each tile once and ends with the whole grid', async () => {
    const place = premises();
    const { take, store, tiles, summaries } = await walkOn(place);
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    expect(tiles().map(({ tile }) => tile.file)).toEqual([
      ...['powder_r0_c0.tiff', 'powder_r0_c1.tiff', 'powder_r0_c2.tiff'],
      ...['powder_r1_c0.tiff', 'powder_r1_c1.tiff', 'powder_r1_c2.tiff'],
    ]);
    expect(store.tiles.countByState()).toEqual({ seen: 0, segmented: 6, failed: 0, superseded: 0 });
    const [final, ...others] = summaries().toReversed();
    expect(others.every((summary) => !summary.final)).toBe(true);
    expect(final).toMatchObject({ final: true, state: 'complete', duplicateCount: 0 });
    // Each tile shows two whole particles, of which one is uncertain, and one at its border.
    expect(final?.statistics).toMatchObject({
      ...{ tiles: 6, border: { cut: 6 } },
      ...{ all: { count: 12 }, certain: { count: 6 }, uncertain: { count: 6 } },
    });
    expect(final?.statistics.all.areaUm2?.mean.value).toBeCloseTo((1 + 4) / 2, 9);
  });

  it('announces with each tile how far the run has come, in one sequence', async () => {
    const place = premises();
    const { take, messages } = await walkOn(place, { settings: { mqtt: { summaryIntervalS: 3600 } } });
    await take(...writeSmallGrid(place.exportFolder, 1, 2));
    const said = messages().map(({ topic }) => topic.slice(topic.lastIndexOf('/') + 1));
    // The first summary is due at once; the interval holds back the next until nothing is left to wait for.
    expect(said.filter((kind) => kind !== 'summary')).toEqual(['tile', 'progress', 'tile', 'progress']);
    expect(said.at(-1)).toBe('summary');
  });

  it('keeps summary and particles of a finished run as files', async () => {
    const place = premises();
    const { take, summaries } = await walkOn(place, { reporter: startReporter(place.storeFile) });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const published = summaries().at(-1)!;
    const folder = join(place.reportFolder, 'powder', published.run);
    expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual({
      ...published,
      sequence: null,
    });
    // A header, and three particles of each of six tiles.
    expect(readFileSync(join(folder, 'pieces.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(1 + 18);
  });

  it('gives the segmenter as many tiles as it takes at once, never more', async () => {
    const place = premises();
    let [atOnce, most] = [0, 0];
    const walk = await walkOn(place, {
      capacity: 3,
      async segment(task) {
        most = Math.max(most, ++atOnce);
        await until('all tiles admitted', () => walk.store.files.get(paths.at(-1)!));
        await delay(5);
        atOnce -= 1;
        return threeParticles(task);
      },
    });
    const paths = writeSmallGrid(place.exportFolder, 2, 5);
    await walk.take(...paths);
    expect(most).toBe(3);
  });

  it('asks for overlays only where they are kept', async () => {
    const place = premises();
    const asked: (string | null)[] = [];
    const segment = (task: Parameters<typeof threeParticles>[0]) => {
      asked.push(task.overlayPath);
      return threeParticles(task);
    };
    const one = await walkOn(place, { segment });
    await one.take(writeSmallTile(place.exportFolder));
    const other = premises();
    const two = await walkOn(other, { segment, settings: { report: { overlays: true } } });
    await two.take(writeSmallTile(other.exportFolder));
    expect(asked).toEqual([
      null,
      expect.stringMatching(/reports\/powder\/.*\/overlays\/powder_r0_c0-[0-9a-f]{8}\.png$/),
    ]);
  });
});

describe('a run', () => {
  it('that has fallen silent ends as stalled, and says what is missing', async () => {
    const place = premises();
    const patient = await walkOn(place, { settings: { grid: { stallAfterS: 600 } } });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await patient.take(...paths.slice(0, 3), ...paths.slice(4));
    patient.pipeline.tick();
    await patient.pipeline.idle();
    expect(patient.summaries().at(-1)).toMatchObject({ final: false, state: 'filling' });

    const impatient = await walkOn(place, { settings: { grid: { stallAfterS: 0.5 } } });
    await delay(500);
    impatient.pipeline.tick();
    await impatient.pipeline.idle();
    expect(impatient.summaries().at(-1)).toMatchObject({
      ...{ final: true, state: 'stalled' },
      coverage: { tilesPresent: 5, tilesExpected: 6, missing: [{ row: 1, column: 0 }], tilesUnseen: 0 },
    });
  });

  it('gets a new revision by a late tile, and only one each time', async () => {
    const place = premises();
    const { take, pipeline, summaries } = await walkOn(place);
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths.slice(0, 5));
    await pipeline.finish();
    const stalled = summaries().at(-1)!;
    expect(stalled).toMatchObject({ final: true, state: 'stalled', statistics: { tiles: 5 } });
    await take(paths[5]!);
    const [late] = summaries().toReversed();
    expect(late).toMatchObject({ final: true, state: 'complete', statistics: { tiles: 6 } });
    expect(late?.revision).toBe(stalled.revision + 1);
    expect(late?.run).toBe(stalled.run);
  });

  it('counts a place imaged again on request by its new pixels alone, in a new revision', async () => {
    const place = premises();
    const bad = { row: 1, column: 1, take: 7 };
    const { take, store, tiles, summaries } = await walkOn(place, {
      quality({ path }) {
        const isFirst = store.tiles.countByState().superseded === 0;
        return isFirst && path.endsWith('r1_c1.tiff') ? { whiteShare: 0.4 } : {};
      },
      capacity: 1,
    });
    const others = writeSmallGrid(place.exportFolder, 2, 3).filter((path) => !path.endsWith('r1_c1.tiff'));
    await take(...others, writeSmallTile(place.exportFolder, bad));
    const { revision, run, reimage } = summaries().at(-1)!;
    expect(reimage).toMatchObject([{ file: 'powder_r1_c1.tiff', causes: ['saturated'] }]);
    await take(writeSmallTile(place.exportFolder, { row: 1, column: 1, take: 100 }));
    expect(store.tiles.countByState()).toEqual({ seen: 0, segmented: 6, failed: 0, superseded: 1 });
    expect(summaries().at(-1)?.reimage).toEqual([]);
    expect(summaries().at(-1)).toMatchObject({
      final: true,
      run,
      statistics: { tiles: 6, all: { count: 12 } },
    });
    expect(summaries().at(-1)?.revision).toBeGreaterThan(revision);
    expect(tiles()).toHaveLength(7);
    expect(tiles().at(-1)?.tile).toMatchObject({ file: 'powder_r1_c1.tiff', row: 1, column: 1 });
  });

  it('keeps its result when another acquisition is written over its files, which is a run of its own', async () => {
    const place = premises();
    const { take, store, summaries } = await walkOn(place);
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const first = summaries().at(-1)!;
    expect(first).toMatchObject({ final: true, state: 'complete', statistics: { tiles: 6 } });
    // The same sample once more under the same names, then another one.
    await take(...writeSmallGrid(place.exportFolder, 2, 3, { take: 1 }));
    const names = (column: number): string => `powder_r0_c${column}.tiff`;
    const other = [0, 1, 2].map((column) => ({ label: 'other', column, name: names(column) }));
    await take(...other.map((tile) => writeSmallTile(place.exportFolder, tile)));
    const finals = summaries().filter(({ final }) => final);
    expect(finals.map(({ run, state, statistics }) => [run, state, statistics.tiles])).toEqual([
      [first.run, 'complete', 6],
      [expect.not.stringMatching(`^${first.run}$`), 'complete', 6],
    ]);
    expect(store.tiles.countByState()).toMatchObject({ segmented: 15, superseded: 0 });
    expect(store.runs.all().map(({ state }) => state)).toEqual(['filling', 'complete', 'complete']);
  });

  it('says how it ended in its last progress message, just before its final summary', async () => {
    const place = premises();
    const { take, messages, progress } = await walkOn(place);
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    expect(progress().map(({ state }) => state)).toEqual([...Array(6).fill('filling'), 'complete']);
    expect(progress().at(-1)).toMatchObject({ reason: 'all 6 tiles are there', tilesSegmented: 6 });
    const ofRun = messages().map(({ topic }) => topic.slice(topic.lastIndexOf('/') + 1));
    expect(ofRun.slice(-2)).toEqual(['progress', 'summary']);
  });

  it('does not change by a copy of a tile under another name, nor by a file announced twice', async () => {
    const place = premises();
    const { take, messages } = await walkOn(place);
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths);
    const before = messages();
    const copy = join(place.exportFolder, 'copy of a tile.tiff');
    copyFileSync(paths[2]!, copy);
    await take(copy, paths[2]!, copy);
    expect(messages()).toEqual(before);
  });

  it('does not change by files that have other inodes and times and the same content', async () => {
    const place = premises();
    const { take, messages } = await walkOn(place);
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths);
    const before = messages();
    for (const path of paths) {
      const { ino } = statSync(path);
      copyFileSync(path, join(place.folder, 'other inode'));
      renameSync(join(place.folder, 'other inode'), path);
      expect(statSync(path).ino).not.toBe(ino);
    }
    await take(...paths);
    expect(messages()).toEqual(before);
  });

  it('is one for each sample in a folder', async () => {
    const place = premises();
    const { take, summaries } = await walkOn(place, { settings: { grid: { rows: 1, columns: 2 } } });
    const [one, other] = ['one', 'other'].map((label) => writeSmallGrid(place.exportFolder, 1, 2, { label }));
    await take(one![0]!, other![0]!, one![1]!, other![1]!);
    const finals = summaries().filter(({ final }) => final);
    expect(finals.map(({ sample, statistics }) => [sample.label, statistics.tiles])).toEqual([
      ['one', 2],
      ['other', 2],
    ]);
  });

  it('is one for each magnification in a folder', async () => {
    const place = premises();
    const { take, store, pipeline, summaries } = await walkOn(place);
    await take(
      ...[0, 1].flatMap((column) => [
        writeSmallTile(place.exportFolder, { column, name: `low${column}.tiff` }),
        // Half the pixel size is twice the magnification.
        writeSmallTile(place.exportFolder, { column, name: `high${column}.tiff`, pixelSizeNm: 1250 }),
      ]),
    );
    await pipeline.finish();
    const finals = summaries().filter(({ final }) => final);
    expect(finals.map(({ provenance, statistics }) => [provenance.pixelSizesNm, statistics.tiles])).toEqual([
      [[2500], 2],
      [[1250], 2],
    ]);
    expect(new Set(store.runs.all().map(({ name }) => name)).size).toBe(2);
  });

  it('takes the newer image of a place while it fills, and begins anew once it has ended', async () => {
    const place = premises();
    const { take, store, summaries } = await walkOn(place, { settings: { grid: { rows: 1, columns: 2 } } });
    await take(
      writeSmallTile(place.exportFolder, { name: 'first.tiff' }),
      writeSmallTile(place.exportFolder, { name: 'again.tiff', take: 1 }),
    );
    expect(store.tiles.countByState()).toMatchObject({ segmented: 1, superseded: 1 });
    await take(writeSmallTile(place.exportFolder, { name: 'second.tiff', column: 1 }));
    expect(summaries().at(-1)).toMatchObject({ final: true, statistics: { tiles: 2 } });
    await take(writeSmallTile(place.exportFolder, { name: 'restarted.tiff', take: 2 }));
    expect(store.runs.all()).toHaveLength(2);
    expect(summaries().at(-1)).toMatchObject({ final: false, statistics: { tiles: 1 } });
  });
});

describe('a daemon that is started again', () => {
  it('segments what waited, and nothing twice', async () => {
    const place = premises();
    const killed = Promise.withResolvers<never>();
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    const asked: string[] = [];
    const first = await walkOn(place, {
      capacity: 1,
      segment: (task) => (asked.push(task.path) <= 2 ? threeParticles(task) : killed.promise),
    });
    onTestFinished(() => killed.reject(new Error('killed')));
    for (const path of paths) first.pipeline.arrive(path);
    await until('two tiles segmented', () => first.store.tiles.countByState().segmented === 2);
    await until('four tiles waiting', () => first.store.tiles.countByState().seen === 4);

    const again: string[] = [];
    const second = await walkOn(place, {
      segment(task) {
        again.push(task.path);
        return threeParticles(task);
      },
    });
    second.pipeline.resume();
    await second.take(...paths);
    expect(again).toEqual(paths.slice(2));
    expect(second.tiles()).toHaveLength(6);
    expect(second.summaries().at(-1)).toMatchObject({ final: true, statistics: { tiles: 6 } });
  });

  it('writes the files that a finished run still lacks', async () => {
    const place = premises();
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    const segment = () => []; // fewer charts to draw
    const first = await walkOn(place, { segment, settings: { report: { folder: null } } });
    await first.take(...paths);
    const second = await walkOn(place, { segment, reporter: startReporter(place.storeFile) });
    second.pipeline.resume();
    const summary = join(place.reportFolder, 'powder', first.summaries().at(-1)!.run, 'summary.json');
    await second.pipeline.idle();
    expect(existsSync(summary)).toBe(true);
    expect(second.messages()).toHaveLength(first.messages().length);
  });
});
