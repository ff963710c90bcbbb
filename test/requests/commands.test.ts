import { existsSync, readFileSync, renameSync, rmSync, unlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Commands, commandKinds } from '../../src/publish/command-kinds.ts';
import { createCommands } from '../../src/requests/commands.ts';
import { startReporter } from '../../src/run/reporter.ts';
import type { SegmentTask } from '../../src/segmenter/port.ts';
import { exampleParticle, segmentedTile } from '../store/examples.ts';
import { type Premises, premises } from '../support/premises.ts';
import { writeSmallGrid, writeSmallTile } from '../support/small-tile.ts';
import { until } from '../support/until.ts';
import { threeParticles, type Walk, type WalkParts, walkOn } from '../support/walk.ts';

const notAborted = new AbortController().signal;

async function commanded(place: Premises, given: WalkParts = {}): Promise<Walk & { commands: Commands }> {
  const walk = await walkOn(place, given);
  return { ...walk, commands: createCommands({ ...walk.parts, pipeline: walk.pipeline }) };
}

/** Particles by the thresholds that are asked for: as many of 1 um2 as `smallestAreaPx` says. */
function byThresholds({ thresholds, stagePositionUm }: SegmentTask) {
  return Array.from({ length: thresholds.smallestAreaPx }, (_, index) => ({
    ...exampleParticle(1),
    centroidStageUm: { x: stagePositionUm!.x, y: stagePositionUm!.y + index },
  }));
}

describe('describe', () => {
  it('says what the daemon is, can do, and is doing', async () => {
    const place = premises();
    const { commands, take } = await commanded(place, { settings: { target: { d50MinUm: 1, d50MaxUm: 2 } } });
    await take(...writeSmallGrid(place.exportFolder, 1, 2));
    const result = commandKinds.describe.result.parse(await commands.describe({}, notAborted));
    expect(result.topics.summary).toBe('particled/test/sample/+/run/+/summary');
    expect(result.verbs.map(({ verb }) => verb)).toEqual(Object.keys(commandKinds));
    expect(result.verbs.find(({ verb }) => verb === 'expect')?.request).toMatchObject({
      properties: { tiles: { type: 'integer', minimum: 1 } },
      required: ['sample'],
    });
    expect(result.models.map(({ name, magnification }) => [name, magnification])).toEqual([
      ['high', { from: 10_000, below: null }],
      ['low', { from: 0, below: 10_000 }],
    ]);
    expect(result.configured).toMatchObject({ rows: 2, columns: 3, target: { d50Um: { min: 1, max: 2 } } });
    expect(result.runs).toMatchObject([
      { sample: { label: 'powder' }, state: 'filling', tiles: { segmented: 2, failed: 0, waiting: 0 } },
    ]);
  });
});

describe('expect', () => {
  it("ends a filling run whose tiles are all there by the sample's own grid", async () => {
    const place = premises();
    const { commands, take, pipeline, summaries } = await commanded(place);
    await take(...writeSmallGrid(place.exportFolder, 1, 2));
    expect(summaries().at(-1)).toMatchObject({ final: false, coverage: { tilesExpected: 6 } });
    const answer = await commands.expect({ sample: 'powder', rows: 1, columns: 2 }, notAborted);
    expect(answer.inForce).toMatchObject({ rows: 1, columns: 2, tiles: null });
    await pipeline.idle();
    expect(summaries().at(-1)).toMatchObject({
      final: true,
      state: 'complete',
      coverage: { tilesExpected: 2 },
    });
  });

  it('counts for the next runs of this sample, and for no other sample', async () => {
    const place = premises();
    const { commands, take, messages, summaries } = await commanded(place);
    await commands.expect({ sample: 'one', tiles: 3 }, notAborted);
    const [one, other] = ['one', 'other'].map((label) => writeSmallGrid(place.exportFolder, 1, 3, { label }));
    await take(...one!, ...other!);
    const last = (label: string) => summaries().findLast(({ sample }) => sample.label === label);
    expect(last('one')).toMatchObject({ final: true, coverage: { tilesExpected: 3 } });
    expect(last('other')).toMatchObject({ final: false, coverage: { tilesExpected: 6 } });
    const progress = messages().filter(
      ({ topic }) => topic.endsWith('/one/run/') || topic.endsWith('/progress'),
    );
    expect(progress[0]?.payload).toMatchObject({ coverage: { tilesExpected: 3 } });
  });

  it('gives target and precision to the verdict and to what is sufficient', async () => {
    const place = premises();
    const target = { d50Um: { min: 1, max: 2 }, probability: 0.9 };
    const { commands, take, pipeline, summaries } = await commanded(place, {
      settings: { precision: { tilesMin: 2, relativeHalfWidth: 0.05, figures: ['d50'] } },
    });
    await take(...writeSmallGrid(place.exportFolder, 1, 3));
    expect(summaries().at(-1)).toMatchObject({ decision: null, sufficiency: { sufficient: true } });
    await commands.expect({ sample: 'powder', target, precision: { relativeHalfWidth: 0.01 } }, notAborted);
    await pipeline.idle();
    expect(summaries().at(-1)).toMatchObject({
      decision: { target },
      sufficiency: { targetRelativeHalfWidth: 0.01 },
    });
  });

  it('keeps what is left out, shows it by the sample alone, and forgets it when told', async () => {
    const { commands } = await commanded(premises());
    const target = { d50Um: { min: 4, max: 5 }, probability: 0.9 };
    const ask = (request: object) => commands.expect({ sample: 'Li/Co', ...request }, notAborted);
    await ask({ rows: 1, columns: 4, target });
    const { sample, expected } = await ask({ tiles: 9 });
    expect(sample).toMatchObject({ label: 'Li/Co', id: expect.stringMatching(/^Li-Co-[0-9a-f]{8}$/) });
    expect(expected).toEqual({
      ...{ rows: null, columns: null, tiles: 9, target, precision: null },
      ...{ operator: null, note: null },
    });
    expect((await ask({})).expected).toEqual(expected);
    // The id in topics means the same sample.
    expect((await commands.expect({ sample: sample.id }, notAborted)).expected).toEqual(expected);
    const cleared = await ask({ clear: true });
    expect(cleared.expected).toMatchObject({ tiles: null, target: null });
    expect(cleared.inForce).toMatchObject({ rows: 2, columns: 3, precision: { relativeHalfWidth: 0.05 } });
  });

  it('begins anew with what is sufficient where another precision is asked for', async () => {
    const place = premises();
    const { commands, take, store } = await commanded(place, {
      settings: { precision: { tilesMin: 2, relativeHalfWidth: 0.05, figures: ['d50'] } },
    });
    await take(...writeSmallGrid(place.exportFolder, 1, 3));
    const runId = store.runs.all()[0]!.id;
    expect(store.runs.get(runId)?.sufficientAtMs).not.toBeNull();
    await commands.expect({ sample: 'powder', target: undefined, tiles: 9 }, notAborted);
    expect(store.runs.get(runId)?.sufficientAtMs).not.toBeNull();
    await commands.expect({ sample: 'powder', precision: { relativeHalfWidth: 0.01 } }, notAborted);
    expect(store.runs.get(runId)?.sufficientAtMs).toBeNull();
  });
});

describe('operator and note', () => {
  it('stand in the summary, on one line, until the run ends, and stay with it then', async () => {
    const place = premises();
    const { commands, take, pipeline, store, summaries } = await commanded(place);
    await commands.expect({ sample: 'powder', operator: 'Ada', note: ' wet\nmilled ' }, notAborted);
    await take(...writeSmallGrid(place.exportFolder, 1, 2));
    expect(summaries().at(-1)).toMatchObject({ final: false, operator: 'Ada', note: 'wet milled' });
    await commands.expect({ sample: 'powder', operator: '', note: 'dry milled', tiles: 2 }, notAborted);
    await pipeline.idle();
    expect(summaries().at(-1)).toMatchObject({ final: true, operator: null, note: 'dry milled' });
    // What is said now is of the next run; this one keeps its own, made anew or not.
    await commands.expect({ sample: 'powder', operator: 'Grace', note: 'next batch' }, notAborted);
    const runId = store.runs.all()[0]!.id;
    expect(store.runs.get(runId)?.remarks).toEqual({ operator: null, note: 'dry milled' });
    await pipeline.idle();
    expect(summaries().at(-1)).toMatchObject({ operator: null, note: 'dry milled' });
  });
});

describe('finalise', () => {
  it('ends a run as it is, once, and stays so', async () => {
    const place = premises();
    const { commands, take, pipeline, messages, summaries, progress } = await commanded(place);
    await take(...writeSmallGrid(place.exportFolder, 2, 3).slice(0, 4));
    const said = { by: 'furnace\ncontroller', reason: ' D50 known to 3 % ' };
    const answer = await commands.finalise({ sample: 'powder', ...said }, notAborted);
    expect(answer).toMatchObject({ tiles: { segmented: 4, waiting: 0 }, endedBefore: false });
    await pipeline.idle();
    expect(summaries().at(-1)).toMatchObject({
      ...{ final: true, state: 'finalised', run: answer.run, statistics: { tiles: 4 } },
      finalised: { by: 'furnace controller', reason: 'D50 known to 3 %' },
      coverage: { tilesPresent: 4, tilesExpected: 6 },
      reimage: [],
    });
    expect(progress().at(-1)).toMatchObject({
      ...{ state: 'finalised', tilesSegmented: 4, tilesWaiting: 0, timeToEndS: null },
      reason: 'finalised by furnace controller: D50 known to 3 %',
    });
    expect(messages().at(-2)?.topic).toMatch(/\/progress$/);
    const before = messages();
    const again = await commands.finalise({ sample: 'powder', run: answer.run }, notAborted);
    expect(again).toMatchObject({ state: 'finalised', endedBefore: true });
    await pipeline.idle();
    expect(messages()).toEqual(before);
  });

  it('repeated late never ends another run than it meant', async () => {
    const place = premises();
    const { commands, take, store, pipeline } = await commanded(place);
    await take(...writeSmallGrid(place.exportFolder, 2, 3).slice(0, 2));
    const [first] = store.runs.all();
    const at = new Date(first!.createdAtMs + 1).toISOString();
    const ended = await commands.finalise({ sample: 'powder', at }, notAborted);
    expect(ended).toMatchObject({ run: first!.name, endedBefore: false });
    await pipeline.idle();
    const next = store.runs.create({ ...first!, name: 'next', createdAtMs: first!.createdAtMs + 2 });
    const late = await commands.finalise({ sample: 'powder', at }, notAborted);
    expect(late).toMatchObject({ run: first!.name, endedBefore: true });
    expect(store.runs.get(next.id)?.state).toBe('filling');
    const before = new Date(first!.createdAtMs - 1).toISOString();
    expect(() => commands.finalise({ sample: 'powder', at: before }, notAborted)).toThrow(
      /^at: no run of this sample had begun at .*; name one/,
    );
  });

  it('waits for tiles that are there, after a restart too', async () => {
    const place = premises();
    const killed = Promise.withResolvers<never>();
    killed.promise.catch(() => {});
    const paths = writeSmallGrid(place.exportFolder, 2, 3).slice(0, 3);
    let asked = 0;
    const first = await commanded(place, {
      capacity: 1,
      segment: (task) => (++asked === 1 ? threeParticles(task) : killed.promise),
    });
    for (const path of paths) first.pipeline.arrive(path);
    await until('two tiles waiting', () => {
      const { segmented, seen } = first.store.tiles.countByState();
      return segmented === 1 && seen === 2;
    });
    const answer = await first.commands.finalise({ sample: 'powder' }, notAborted);
    expect(answer).toMatchObject({ state: 'filling', tiles: { segmented: 1, waiting: 2 } });

    const second = await walkOn(place);
    second.pipeline.resume();
    await second.pipeline.idle();
    expect(second.summaries().at(-1)).toMatchObject({
      final: true,
      state: 'finalised',
      statistics: { tiles: 3 },
    });
    killed.reject(new Error('killed'));
  });

  it('lets a tile that comes later make a new final revision at once', async () => {
    const place = premises();
    const { commands, take, pipeline, summaries } = await commanded(place);
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths.slice(0, 4));
    await commands.finalise({ sample: 'powder' }, notAborted);
    await pipeline.idle();
    const { revision } = summaries().at(-1)!;
    await take(paths[4]!);
    expect(summaries().at(-1)).toMatchObject({ final: true, state: 'finalised', statistics: { tiles: 5 } });
    expect(summaries().at(-1)?.revision).toBe(revision + 1);
    await take(paths[5]!);
    expect(summaries().at(-1)).toMatchObject({ final: true, state: 'complete', finalised: null });
  });

  it('is refused for a sample or run that is not there', async () => {
    const place = premises();
    const { commands, take, store } = await commanded(place);
    expect(() => commands.finalise({ sample: 'powder' }, notAborted)).toThrow(
      /"powder": no run of this sample/,
    );
    await take(writeSmallTile(place.exportFolder));
    const run = store.runs.all()[0]!.name;
    expect(() => commands.finalise({ sample: 'powder', run: 'monday' }, notAborted)).toThrow(
      `monday: no such run of this sample; its latest are ${run}`,
    );
  });
});

describe('reanalyse', () => {
  const thresholds = { smallestAreaPx: 4 };

  it('gives every tile a new result and the run one new revision that says with what', async () => {
    const place = premises();
    const { commands, take, store, tiles, summaries, pipeline } = await commanded(place, {
      segment: byThresholds,
      settings: { statistics: { border: 'include' } },
      reporter: startReporter(place.storeFile),
    });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const before = summaries().at(-1)!;
    const answer = await commands.reanalyse({ sample: 'powder', model: 'high', thresholds }, notAborted);
    expect(answer).toMatchObject({ tiles: 6, unchanged: 0, model: { name: 'high', thresholds } });
    await pipeline.idle();
    const after = summaries().at(-1)!;
    expect(after.revision).toBe(before.revision + 1);
    expect(after).toMatchObject({ final: true, state: 'complete', run: before.run });
    // Six tiles with four particles each.
    expect(after.statistics).toMatchObject({ tiles: 6, all: { count: 24 } });
    expect(after.provenance.models).toMatchObject([{ name: 'high', thresholds }]);
    expect(tiles()).toHaveLength(12);
    expect(tiles().at(-1)).toMatchObject({ outcome: 'segmented', counts: { all: 4 } });
    expect(store.runs.all()[0]?.analysis?.underWay).toBe(false);
    const folder = join(place.reportFolder, 'powder', after.run);
    expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')).revision).toBe(after.revision);
  });

  it('does nothing twice, and leads back to what is usual', async () => {
    const place = premises();
    const { commands, take, summaries, pipeline } = await commanded(place, { segment: byThresholds });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const usual = summaries().at(-1)!.statistics.all.count;
    await commands.reanalyse({ sample: 'powder', thresholds }, notAborted);
    await pipeline.idle();
    const { revision } = summaries().at(-1)!;
    const again = commands.reanalyse({ sample: 'powder', thresholds }, notAborted);
    // The walk's segmenter gives another hash than the manifest, so its tiles are never the same.
    expect((await again).tiles).toBe(6);
    await pipeline.idle();
    expect(summaries().at(-1)?.revision).toBe(revision);
    await commands.reanalyse({ sample: 'powder' }, notAborted);
    await pipeline.idle();
    expect(summaries().at(-1)?.statistics.all.count).toBe(usual);
  });

  it('counts for tiles of the run that come later', async () => {
    const place = premises();
    const { commands, take, tiles } = await commanded(place, { segment: byThresholds });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths.slice(0, 2));
    await commands.reanalyse({ sample: 'powder', thresholds }, notAborted);
    await take(...paths.slice(2));
    expect(tiles().at(-1)).toMatchObject({ counts: { all: 4 }, provenance: { model: { thresholds } } });
  });

  it('is refused whole where a file is gone or changed, and the old results stay', async () => {
    const place = premises();
    const { commands, take, store, messages } = await commanded(place, { segment: byThresholds });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths);
    const before = messages();
    unlinkSync(paths[1]!);
    renameSync(paths[2]!, paths[3]!);
    // Files written in one tick of the file system's clock have the same time.
    utimesSync(paths[3]!, 1, 1);
    await expect(
      Promise.resolve(commands.reanalyse({ sample: 'powder', thresholds }, notAborted)),
    ).rejects.toThrow(
      /^3 of 6 tiles cannot be segmented again: powder_r0_c1.tiff is gone, powder_r0_c2.tiff is gone, powder_r1_c0.tiff is changed; put/,
    );
    expect([messages(), store.tiles.countAgain()]).toEqual([before, 0]);
    expect(store.runs.all()[0]?.analysis).toBeNull();
  });

  it('takes a file whose time alone is another', async () => {
    const place = premises();
    const { commands, take } = await commanded(place, { segment: byThresholds });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths);
    utimesSync(paths[0]!, 1, 1);
    expect(await commands.reanalyse({ sample: 'powder', thresholds }, notAborted)).toMatchObject({
      tiles: 6,
    });
  });

  it('is refused with a model that is not installed', async () => {
    const place = premises();
    const { commands, take } = await commanded(place);
    await take(writeSmallTile(place.exportFolder));
    await expect(
      Promise.resolve(commands.reanalyse({ sample: 'powder', model: 'best' }, notAborted)),
    ).rejects.toThrow('model: "best" is not installed; there are high (from 10000x), low (0x to 10000x)');
  });

  it('changes nothing once its answer is overdue', async () => {
    const place = premises();
    const { commands, take, store } = await commanded(place);
    await take(writeSmallTile(place.exportFolder));
    const aborted = AbortSignal.abort(new Error('overdue'));
    await expect(Promise.resolve(commands.reanalyse({ sample: 'powder' }, aborted))).rejects.toThrow(
      'overdue',
    );
    expect(store.runs.all()[0]?.analysis).toBeNull();
  });

  it('gets its revision from the next daemon where one is killed after the last tile', async () => {
    const place = premises();
    const settings = { grid: { rows: 1, columns: 2 } };
    const first = await walkOn(place, { settings });
    await first.take(...writeSmallGrid(place.exportFolder, 1, 2));
    const before = first.summaries().at(-1)!;
    const run = first.store.runs.all()[0]!;
    const tileIds = first.store.tiles.ofRun(run.id).map(({ id }) => id);
    first.store.results.askAgain(run.id, { model: null, thresholds, underWay: true }, tileIds);
    for (const id of tileIds) first.store.results.recordResult(id, segmentedTile([exampleParticle(7)]), []);

    const second = await walkOn(place, { settings });
    second.pipeline.resume();
    await second.pipeline.idle();
    expect(second.summaries().at(-1)).toMatchObject({ final: true, revision: before.revision + 1 });
    expect(second.store.runs.underAnalysis()).toEqual([]);
  });

  it('keeps the earlier result of a tile that fails now, and says so only in the log', async () => {
    const place = premises();
    const { commands, take, store, tiles, summaries, pipeline, log } = await commanded(place, {
      segment(task) {
        if (task.model === 'high' && task.path.endsWith('_c1.tiff')) throw new Error('crash');
        return byThresholds(task);
      },
      settings: { grid: { rows: 1, columns: 3 } },
    });
    await take(...writeSmallGrid(place.exportFolder, 1, 3));
    const told = tiles().length;
    await commands.reanalyse({ sample: 'powder', model: 'high' }, notAborted);
    await pipeline.idle();
    expect(store.tiles.countByState()).toMatchObject({ segmented: 3, failed: 0 });
    expect(tiles()).toHaveLength(told + 2);
    expect(log.lines.map(({ message }) => message)).toContain('tile keeps its earlier result');
    expect(
      summaries()
        .at(-1)
        ?.provenance.models.map(({ name }) => name),
    ).toEqual(['high', 'low']);
    expect(store.unusable.all()).toEqual([]);
  });
});

describe('report', () => {
  it("writes a run's files anew", async () => {
    const place = premises();
    const { commands, take } = await commanded(place, {
      segment: () => [], // fewer charts to draw
      reporter: startReporter(place.storeFile),
    });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const { written } = await commands.report({ sample: 'powder' }, notAborted);
    rmSync(written, { recursive: true });
    await commands.report({ sample: 'powder' }, notAborted);
    expect(existsSync(join(written, 'summary.json'))).toBe(true);
  });

  it('is refused where no files are kept, and where nothing builds the report of a night', async () => {
    const place = premises();
    const { commands, take } = await commanded(place, { settings: { report: { folder: null } } });
    await take(writeSmallTile(place.exportFolder));
    const asked = (request: object) => Promise.resolve(commands.report(request, notAborted));
    await expect(asked({ sample: 'powder' })).rejects.toThrow(/report.folder is null/);
    await expect(asked({ date: '2026-03-14' })).rejects.toThrow(/no report of a night/);
  });
});
