import { describe, expect, it } from 'vitest';
import { type Commands, commandKinds } from '../../src/publish/command-kinds.ts';
import { checked } from '../../src/publish/command-request.ts';
import { createCommands } from '../../src/requests/commands.ts';
import { createRunResults } from '../../src/run/results.ts';
import type { SegmentTask } from '../../src/segmenter/port.ts';
import { exampleParticle } from '../store/examples.ts';
import { type Premises, premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { type Walk, type WalkParts, walkOn } from '../support/walk.ts';

const notAborted = new AbortController().signal;

async function commanded(place: Premises, given: WalkParts = {}): Promise<Walk & { commands: Commands }> {
  const walk = await walkOn(place, { segment: twoKinds, ...given });
  return { ...walk, commands: createCommands({ ...walk.parts, pipeline: walk.pipeline }) };
}

/** In each tile a round particle of 1 um2 and a long one of 4 um2. */
function twoKinds({ stagePositionUm }: SegmentTask) {
  const { x, y } = stagePositionUm!;
  return [
    { ...exampleParticle(1), circularity: 0.9, centroidStageUm: { x, y } },
    { ...exampleParticle(4), circularity: 0.5, centroidStageUm: { x, y: y + 5 } },
  ];
}

const round = 'circularity >= 0.8';
const settings: WalkParts['settings'] = {
  statistics: { border: 'include' }, // every particle once
  target: { d50MinUm: 1, d50MaxUm: 1.3 },
  precision: { tilesMin: 2, relativeHalfWidth: 0.05, figures: ['d50'] },
};
// Circles of 1 um2 and of 4 um2 have diameters of 2 / sqrt(pi) = 1.13 um and 2.26 um: their mean is 1.69 um.
const ofOneUm2 = Number((2 / Math.sqrt(Math.PI)).toPrecision(9));

const d50Of = (summary: ReturnType<Walk['summaries']>[number] | undefined) =>
  summary?.statistics.all.diameterEquivalentUm?.d50.value;

describe('a filter by the command reanalyse', () => {
  it('gives a new revision with the figures of what passes, and segments nothing again', async () => {
    const place = premises();
    const { commands, take, pipeline, summaries, tiles, store } = await commanded(place, {
      settings,
    });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const before = summaries().at(-1)!;
    expect(before.statistics).toMatchObject({ all: { count: 12 } });
    expect(before.decision?.verdict).toBe('reject');
    const answer = await commands.reanalyse({ sample: 'powder', filter: 'circularity>=0.80' }, notAborted);
    expect(commandKinds.reanalyse.result.parse(answer)).toMatchObject({
      tiles: 0,
      unchanged: 6,
      filter: round,
    });
    await pipeline.idle();
    const after = summaries().at(-1)!;
    expect(after).toMatchObject({ revision: before.revision + 1, final: true, state: 'complete' });
    expect(after.statistics).toMatchObject({
      all: { count: 6 },
      filter: { expression: round, from: 'request', particlesLeftOut: 6, unfiltered: { count: 12 } },
    });
    expect(d50Of(after)).toBe(ofOneUm2);
    expect(after.statistics.filter?.unfiltered.diameterUm?.d50.value).toBe(d50Of(before));
    // The verdict is of the round ones.
    expect(after.decision?.verdict).toBe('accept');
    expect(tiles()).toHaveLength(6);
    expect(store.runs.all()[0]?.analysis).toMatchObject({ filter: round, underWay: false });
  });

  it('may be repeated, changed and dropped', async () => {
    const place = premises();
    const { commands, take, pipeline, summaries } = await commanded(place, { settings });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const unfiltered = summaries().at(-1)!;
    const ask = async (filter: string | null) => {
      await commands.reanalyse({ sample: 'powder', filter }, notAborted);
      await pipeline.idle();
      return summaries().at(-1)!;
    };
    const filtered = await ask(round);
    expect((await ask(round)).revision).toBe(filtered.revision);
    expect((await ask('circularity < 0.8')).statistics).toMatchObject({ all: { count: 6 } });
    const dropped = await ask(null);
    expect(dropped.revision).toBe(filtered.revision + 2);
    expect(dropped.statistics).toEqual(unfiltered.statistics);
  });

  it('takes the place of the configured one, which counts again as for new tiles', async () => {
    const place = premises();
    const configured = 'circularity < 0.8';
    const { commands, take, pipeline, summaries } = await commanded(place, {
      settings: { ...settings, statistics: { border: 'include', filter: configured } },
    });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const filterNow = () => summaries().at(-1)!.statistics.filter;
    expect(filterNow()).toMatchObject({ expression: configured, from: 'configuration' });
    const ask = async (request: object) => {
      const answer = await commands.reanalyse({ sample: 'powder', ...request }, notAborted);
      await pipeline.idle();
      return answer.filter;
    };
    expect(await ask({ filter: null })).toBeNull();
    expect(filterNow()).toBeUndefined();
    // Another threshold alone leaves the filter as it was asked for.
    expect(await ask({ thresholds: { smallestAreaPx: 4 } })).toBeNull();
    expect(filterNow()).toBeUndefined();
    expect(await ask({ thresholds: { smallestAreaPx: 4 }, filter: round })).toBe(round);
    expect(filterNow()).toMatchObject({ expression: round, from: 'request' });
    expect(await ask({})).toBe(configured);
    expect(filterNow()).toMatchObject({ expression: configured, from: 'configuration' });
  });

  it('counts for tiles of the run that come later, and for no other run', async () => {
    const place = premises();
    const { commands, take, summaries } = await commanded(place, { settings });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths.slice(0, 2));
    await commands.reanalyse({ sample: 'powder', filter: round }, notAborted);
    await take(...paths.slice(2), ...writeSmallGrid(place.exportFolder, 2, 3, { label: 'other' }));
    const last = (label: string) => summaries().findLast(({ sample }) => sample.label === label)!;
    expect(last('powder').statistics).toMatchObject({ all: { count: 6 }, filter: { expression: round } });
    expect(last('other').statistics).toMatchObject({ all: { count: 12 } });
    expect(last('other').statistics).not.toHaveProperty('filter');
  });

  it('is owed where the daemon ends before its revision, and made at the next start', async () => {
    const place = premises();
    const { commands, take, parts, store, summaries } = await commanded(place, { settings });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    const { revision } = summaries().at(-1)!;
    // Nobody makes the revision that the command owes, as in a daemon that is killed.
    const killed = createCommands({
      ...parts,
      pipeline: { changed: () => {}, writeFilesAnew: async () => '' },
    });
    await killed.reanalyse({ sample: 'powder', filter: round }, notAborted);
    expect(store.runs.underAnalysis()).toHaveLength(1);
    const sender = () => ({
      baseTopic: 'particled',
      instrument: 'test',
      softwareVersion: '0',
      at: new Date(),
    });
    const results = createRunResults(parts, sender);
    results.resume();
    await results.idle();
    expect(summaries().at(-1)).toMatchObject({
      revision: revision + 1,
      statistics: { all: { count: 6 }, filter: { expression: round } },
    });
    expect(store.runs.underAnalysis()).toEqual([]);
    expect(await commands.reanalyse({ sample: 'powder', filter: round }, notAborted)).toMatchObject({
      tiles: 0,
    });
  });

  it('needs no file of a tile, but a tile that is segmented', async () => {
    const place = premises();
    const { commands, take, summaries, pipeline } = await commanded(place, {
      settings,
      segment: () => Promise.reject(new Error('no network')),
    });
    await take(...writeSmallGrid(place.exportFolder, 1, 1));
    await pipeline.idle();
    await expect(
      Promise.resolve(commands.reanalyse({ sample: 'powder', filter: round }, notAborted)),
    ).rejects.toThrow(/: no tile of this run is segmented, so that no particle can be counted/);
    expect(summaries().at(-1)?.statistics).not.toHaveProperty('filter');
  });

  it('is refused where it is none, with the key, the text and the place', () => {
    expect(() =>
      checked(commandKinds.reanalyse.request, { sample: 'powder', filter: 'roundness > 0.5' }),
    ).toThrow(
      'filter: "roundness > 0.5" is refused: at character 1 stands "roundness", expected one of areaUm2,',
    );
  });
});
