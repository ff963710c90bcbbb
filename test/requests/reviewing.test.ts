import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/measure/correction.ts';
import { commandKinds } from '../../src/publish/command-kinds.ts';
import { createCommands } from '../../src/requests/commands.ts';
import { createReviewing } from '../../src/requests/reviewing.ts';
import { createRunResults } from '../../src/run/results.ts';
import { exampleParticle } from '../store/examples.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { type Walk, walkOn } from '../support/walk.ts';

const notAborted = new AbortController().signal;
const square = (left: number, top: number, side: number): number[][] => [
  [left, top, left + side, top, left + side, top + side, left, top + side],
];

/** A finished run of six tiles, each with particles of 1 and 4 um2, every one counted once. */
async function reviewed() {
  const place = premises();
  const walk = await walkOn(place, {
    settings: { statistics: { border: 'include' } },
    segment: ({ stagePositionUm }) => {
      const { x, y } = stagePositionUm!;
      return [
        { ...exampleParticle(1), centroidStageUm: { x, y } },
        { ...exampleParticle(4), centroidStageUm: { x, y: y + 5 } },
      ];
    },
  });
  await walk.take(...writeSmallGrid(place.exportFolder, 2, 3));
  const { store, parts, pipeline } = walk;
  const reviewing = createReviewing({ store, models: parts.models, changed: pipeline.changed });
  const [first, second] = store.tiles.ofRun(1).map(({ file }) => file.contentHash);
  const run = store.runs.get(1)!;
  const review = async () => {
    const outcome = reviewing.review(run.sampleId, run.name, 'Ada');
    await pipeline.idle();
    return outcome;
  };
  return { ...walk, place, reviewing, review, run, first: first!, second: second!, last: () => lastOf(walk) };
}

const lastOf = ({ summaries }: Walk) => summaries().at(-1)!;

describe('a correction', () => {
  it('changes no figure before somebody has it counted', async () => {
    const { reviewing, pipeline, first, last, store } = await reviewed();
    const before = last();
    const entry = reviewing.correct(first, ' Ada\n Lovelace ', { kind: 'delete', of: 1 });
    expect(entry).toMatchObject({
      ...{ contentHash: first, reviewer: 'Ada Lovelace', change: { kind: 'delete', of: 1 } },
      ...{ undone: false, undoneBy: null, stale: false, appliedInRevision: null },
    });
    expect(new Date(entry.at).getTime()).toBeGreaterThan(Date.now() - 60_000);
    await pipeline.idle();
    expect(last()).toEqual(before);
    expect(store.runs.underAnalysis()).toEqual([]);
  });

  it('is refused with a reason where it cannot be', async () => {
    const { reviewing, first, store } = await reviewed();
    const { file, metadata } = store.tiles.withContent(first)!;
    const { widthPx, heightPx } = file;
    const says =
      (change: Change, by = 'Ada') =>
      () =>
        reviewing.correct(first, by, change);
    expect(says({ kind: 'delete', of: 2 })).toThrow(
      /^of: the tile has no piece 2; its numbers are from 0 to 1$/,
    );
    expect(says({ kind: 'draw', outlinePx: square(widthPx, 0, 9), certain: true })).toThrow(
      new RegExp(`outside of the tile of ${widthPx} x ${heightPx - metadata.databarHeightPx} px`),
    );
    expect(says({ kind: 'delete', of: 1 }, ' \n')).toThrow(/^reviewer: is empty/);
    expect(says({ kind: 'delete', of: 1 }, 'x'.repeat(101))).toThrow(
      /^reviewer: has 101 characters, at most 100/,
    );
    expect(() => reviewing.correct('0'.repeat(64), 'Ada', { kind: 'delete', of: 0 })).toThrow(
      /: no tile has this content hash/,
    );
    for (const tile of store.tiles.ofRun(1)) expect(store.corrections.ofTile(tile.id)).toEqual([]);
  });

  it('is refused where it is smaller than what the model counts in its own, larger, pixels', async () => {
    const { reviewing, parts, pipeline, first, store } = await reviewed();
    const { file, model } = store.tiles.withContent(first)!;
    const { longestSidePx } = parts.models.find(({ manifest }) => manifest.name === model?.name)!.manifest
      .input;
    const scale = longestSidePx / file.widthPx;
    // 20 pixels of the tile.
    const thresholds = { smallestAreaPx: 20 * scale ** 2 };
    await createCommands({ ...parts, pipeline }).reanalyse({ sample: 'powder', thresholds }, notAborted);
    await pipeline.idle();
    const draw = (side: number) => () =>
      reviewing.correct(first, 'Ada', { kind: 'draw', outlinePx: square(2, 2, side), certain: true });
    expect(draw(4)).toThrow('the outline holds 16 px^2, under the 20 px^2 of the smallest particle');
    expect(draw(5)()).toMatchObject({ change: { kind: 'draw' } });
  });

  it('is taken back once, in any order, unless another is of what it made', async () => {
    const { reviewing, first } = await reviewed();
    const outlinePx = square(4, 4, 12);
    const drawn = reviewing.correct(first, 'Ada', { kind: 'draw', outlinePx, certain: true });
    const judged = reviewing.correct(first, 'Bo', { kind: 'judge', of: 2, certain: false });
    expect(() => reviewing.undo(first, drawn.id, 'Ada')).toThrow(
      `${drawn.id}: correction ${judged.id} (judge, by Bo) is of a piece that this one made; undo that one first`,
    );
    expect(reviewing.undo(first, judged.id, 'Ada')).toMatchObject({ undone: true, undoneBy: 'Ada' });
    expect(reviewing.undo(first, drawn.id, 'Ada')).toMatchObject({ undone: true });
    expect(() => reviewing.undo(first, drawn.id, 'Bo')).toThrow(/: Ada has undone this correction already/);
    expect(() => reviewing.undo(first, 77, 'Bo')).toThrow(/^77: this tile has no such correction/);
    expect(() => reviewing.correct(first, 'Bo', { kind: 'delete', of: 2 })).toThrow(/taken back/);
  });
});

describe('a review', () => {
  it('is a new revision with the corrections, their reviewers and the figures without them', async () => {
    const { reviewing, review, first, second, last, store } = await reviewed();
    const before = last();
    expect(before.statistics.all.count).toBe(12);
    // The 4 um2 of one tile and of another; of a third of these somebody says that it is uncertain.
    reviewing.correct(first, 'Bo', { kind: 'delete', of: 1 });
    reviewing.correct(second, 'Ada', { kind: 'delete', of: 1 });
    reviewing.correct(second, 'Ada', { kind: 'judge', of: 0, certain: false });
    expect(await review()).toMatchObject({
      ...{ corrections: 3, tiles: 2, reviewedBy: ['Ada', 'Bo'], isUnchanged: false },
    });
    const after = last();
    expect(after).toMatchObject({ revision: before.revision + 1, final: true, state: 'complete' });
    expect(after.provenance.reviewedBy).toEqual(['Ada', 'Bo']);
    expect(after.statistics).toMatchObject({
      ...{ all: { count: 10 }, uncertain: { count: 1 } },
      review: { corrections: 3, tiles: 2, unreviewed: { count: 12, uncertainCount: 0 } },
    });
    // (6 x 1 + 4 x 4) / 10 = 2.2 and, without the review, (6 x 1 + 6 x 4) / 12 = 2.5 um2.
    expect(after.statistics.all.areaUm2?.mean.value).toBeCloseTo(2.2, 9);
    expect(after.statistics.review?.unreviewed.areaMeanUm2).toEqual(before.statistics.all.areaUm2?.mean);
    expect(before.statistics.all.areaUm2?.mean.value).toBeCloseTo(2.5, 9);
    for (const one of store.corrections.ofRun(1)) expect(one.appliedInRevision).toBe(after.revision);
    expect(store.runs.underAnalysis()).toEqual([]);
  });

  it('gives the figures of the models back once all is undone', async () => {
    const { reviewing, review, first, last, store } = await reviewed();
    const before = last();
    const { id } = reviewing.correct(first, 'Ada', { kind: 'delete', of: 1 });
    await review();
    reviewing.undo(first, id, 'Ada');
    expect(store.corrections.get(id)?.appliedInRevision).toBe(before.revision + 1);
    expect(await review()).toMatchObject({ corrections: 0, tiles: 0, isUnchanged: false });
    const { at: _, revision, sequence: __, ...rest } = last();
    const { at: ___, revision: first_, sequence: ____, ...asBefore } = before;
    expect(rest).toEqual(asBefore);
    expect(revision).toBe(first_ + 2);
    expect(store.corrections.get(id)?.appliedInRevision).toBeNull();
  });

  it('goes on from the one before it, and changes nothing where nothing is new', async () => {
    const { reviewing, review, first, second, last } = await reviewed();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 1 });
    await review();
    const { revision } = last();
    expect(await review()).toMatchObject({ corrections: 1, isUnchanged: true });
    expect(last().revision).toBe(revision);
    reviewing.correct(second, 'Ada', { kind: 'delete', of: 0 });
    await review();
    expect(last()).toMatchObject({ revision: revision + 1, statistics: { all: { count: 10 } } });
  });

  it('holds a filter in force against the same filter without the corrections', async () => {
    const { reviewing, review, parts, pipeline, first, last } = await reviewed();
    const commands = createCommands({ ...parts, pipeline });
    await commands.reanalyse({ sample: 'powder', filter: 'areaUm2 > 2' }, notAborted);
    await pipeline.idle();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 1 });
    await review();
    expect(last().statistics).toMatchObject({
      all: { count: 5 },
      filter: { particlesLeftOut: 6, unfiltered: { count: 11 } },
      review: { unreviewed: { count: 6 } },
    });
  });

  it('is owed where the daemon ends before its revision, and made at the next start', async () => {
    const { reviewing, parts, run, first, last, store } = await reviewed();
    const { revision } = last();
    const killed = createReviewing({ store, models: parts.models, changed: () => {} });
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 1 });
    killed.review(run.sampleId, run.name, 'Ada');
    const sender = () => ({
      baseTopic: 'particled',
      instrument: 'test',
      softwareVersion: '0',
      at: new Date(),
    });
    const results = createRunResults(parts, sender);
    results.resume();
    await results.idle();
    expect(last()).toMatchObject({ revision: revision + 1, statistics: { all: { count: 11 } } });
    expect(store.corrections.ofRun(1)[0]?.appliedInRevision).toBe(revision + 1);
  });

  it('leaves out what was said of a result that another has taken the place of, and says so', async () => {
    const { reviewing, review, parts, pipeline, first, last, store } = await reviewed();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 1 });
    await review();
    const commands = createCommands({ ...parts, pipeline });
    await commands.reanalyse({ sample: 'powder', thresholds: { smallestAreaPx: 7 } }, notAborted);
    await pipeline.idle();
    const after = last();
    expect(after.statistics.all.count).toBe(12);
    expect(after.statistics).not.toHaveProperty('review');
    expect(after.provenance).not.toHaveProperty('reviewedBy');
    expect(after.statistics.warnings).toContainEqual({
      code: 'stale-corrections',
      message:
        '1 correction does not count, as 1 tile was segmented again since it was made; look at this tile again',
    });
    expect(await review()).toMatchObject({ corrections: 0, isUnchanged: true });
    const [stale] = store.corrections.ofRun(1);
    expect(stale).toMatchObject({ isStale: true, isApplied: false });
    // Somebody who has looked at the tile takes it off the list.
    expect(reviewing.undo(first, stale!.id, 'Ada')).toMatchObject({ undone: true, stale: true });
  });

  it('is what the command of the same name does', async () => {
    const { reviewing, parts, pipeline, run, first, last } = await reviewed();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 1 });
    const commands = createCommands({ ...parts, pipeline });
    const answer = await commands.review({ sample: 'powder', reviewer: 'furnace' }, notAborted);
    expect(commandKinds.review.result.parse(answer)).toMatchObject({
      ...{ sample: { id: run.sampleId }, run: run.name, corrections: 1, tiles: 1 },
      ...{ reviewedBy: ['Ada'], unchanged: false },
    });
    await pipeline.idle();
    expect(last().provenance.reviewedBy).toEqual(['Ada']);
    expect(() => commands.review({ sample: 'powder', run: 'none', reviewer: 'Ada' }, notAborted)).toThrow(
      /^none: no such run of this sample/,
    );
  });
});
