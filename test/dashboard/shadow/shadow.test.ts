import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { overviewText } from '../../../src/commands/models/shadow.ts';
import { configSchema } from '../../../src/config/schema.ts';
import {
  runShadowSchema,
  shadowOverviewSchema,
  tileShadowSchema,
} from '../../../src/dashboard/api/shadow.ts';
import { comparedPieces } from '../../../src/dashboard/shadow/compared-pieces.ts';
import { figureWords } from '../../../src/dashboard/shadow/figure-words.ts';
import { rememberedOverview, runShadow, shadowOverview } from '../../../src/dashboard/shadow/overview.ts';
import type { Particle } from '../../../src/measure/particle.ts';
import { openStoreReadOnly } from '../../../src/store/database.ts';
import type { ShadowModel } from '../../../src/store/shadows.ts';
import { exampleParticle, exampleRun, seenTile, segmentedTile, storeWithRun } from '../../store/examples.ts';

const { imaging } = configSchema.parse({});
const model: ShadowModel = { name: 'next', sha256: 'b'.repeat(64), thresholds: { overlap: 0.5 } };
const settings = { imaging, shadow: { model: 'next', share: 0.25 } };

/** A square of 10 px from x on, and its outline. */
function square(x: number, { certain = true, diameterUm = 2 } = {}) {
  const particle: Particle = {
    ...exampleParticle((Math.PI * diameterUm ** 2) / 4, certain),
    ...{ diameterEquivalentUm: diameterUm, boxPx: [x, 0, 10, 10], touchesBorder: false, cutsPx: [] },
  };
  return { particle, outline: [[x, 0, x + 10, 0, x + 10, 10, x, 10]] };
}

type Square = ReturnType<typeof square>;

function compared() {
  const own = storeWithRun();
  const { store } = own;
  const segment = (
    content: string,
    serving: readonly Square[],
    shadow: readonly Square[] | null,
    runId = own.runId,
  ) => {
    const { tileId } = store.tiles.noteSeen(seenTile(runId, content));
    const found = segmentedTile(serving.map(({ particle }) => particle));
    const outlines = serving.map(({ outline }) => outline);
    store.results.recordResult(tileId, { ...found, outlines, shadow: model }, []);
    if (shadow === null) return tileId;
    store.shadows.record(tileId, model, {
      particles: shadow.map(({ particle }) => particle),
      outlines: shadow.map(({ outline }) => outline),
      ...{ arithmetic: 'as-shipped', durationMs: 500 },
    });
    return tileId;
  };
  const read = () => {
    const reader = openStoreReadOnly(own.path);
    onTestFinished(() => reader.close());
    return reader;
  };
  return { ...own, segment, read };
}

describe('the comparison of a shadow model', () => {
  it('tells of a run what both found, and of its tiles those that differ most first', () => {
    const { runId, store, segment, read } = compared();
    segment('alike', [square(0), square(50)], [square(1), square(50)]);
    // 4 of 16 px of width shared is less than half: one more and one less.
    segment('other', [square(0), square(50)], [square(6), square(50), square(90, { certain: false })]);
    segment('waiting', [square(0)], null);
    const failed = segment('failed', [square(0)], null);
    store.shadows.fail(failed, model, { reason: 'no memory at /srv/secret/place.tif', final: true });
    const found = runShadowSchema.parse(runShadow(read(), store.runs.get(runId)!, settings));
    expect(found.comparison).toMatchObject({
      tiles: { compared: 2, leftOut: 0, waiting: 1, failed: 1 },
      matchedBy: 'outlines',
      pieces: { matched: 3, onlyServing: 1, onlyShadow: 2 },
      meanDurationMs: 500,
      // No folder of the computer is told.
      failures: [{ tile: 'failed.tiff', reason: 'no memory at .../place.tif' }],
    });
    expect(found.tiles).toEqual([
      expect.objectContaining({ name: 'other.tiff', matched: 1, onlyServing: 1, onlyShadow: 2 }),
      expect.objectContaining({ name: 'alike.tiff', matched: 2, onlyServing: 0, onlyShadow: 0 }),
    ]);
    const count = found.comparison?.figures.find(({ figure }) => figure === 'count');
    expect(count).toMatchObject({ serving: 4, shadow: 5, difference: { value: 1 } });
  });

  it('gives each piece of a tile with the one of the other model, and where it lies', () => {
    const { store, segment, read } = compared();
    const tileId = segment('a', [square(0), square(50)], [square(50), square(90)]);
    const found = tileShadowSchema.parse(comparedPieces(read(), store.tiles.get(tileId)!));
    expect(found).toMatchObject({
      servedBy: 'low',
      model,
      widthPx: 1920,
      heightPx: 1200,
      matchedBy: 'outlines',
    });
    expect(found.serving.map(({ matchedWith }) => matchedWith)).toEqual([null, 0]);
    expect(found.shadow.map(({ matchedWith }) => matchedWith)).toEqual([1, null]);
    expect(found.shadow[1]).toMatchObject({ boxPx: [90, 0, 10, 10], outlinePx: square(90).outline });
    const without = segment('b', [square(0)], null);
    expect(comparedPieces(read(), store.tiles.get(without)!)).toBeNull();
  });

  it('tells of all runs together, of each by itself, and what to do next', async () => {
    const { store, segment, read } = compared();
    for (const name of ['a', 'b', 'c']) {
      segment(name, [square(0)], [square(0, { diameterUm: 2.2 })]);
    }
    const other = store.runs.create({ ...exampleRun, name: 'newer' }).id;
    segment('d', [square(0)], [], other);
    const overview = shadowOverviewSchema.parse(await shadowOverview(read(), settings));
    expect(overview).toMatchObject({
      configured: { model: 'next', share: 0.25 },
      comparison: { tiles: { compared: 4 }, pieces: { matched: 3, onlyServing: 1, onlyShadow: 0 } },
      runs: [
        { run: 'newer', comparison: { tiles: { compared: 1 } } },
        { run: exampleRun.name, comparison: { tiles: { compared: 3 } } },
      ],
    });
    expect(overview.advice.text).toContain('Only 4 tiles with 4 pieces are compared: wait');
    expect(overview.advice.commands).toContain('particled models serve next');
    const said = overviewText(overview);
    expect(said).toContain(
      'pieces: 3 in both (by outlines), 1 only in the serving model, 0 only in the shadow',
    );
    // Each of the older run's pieces is 0.2 um larger of 2 um, without exception.
    expect(said).toMatch(/20260102T030405Z {2}3 tiles {2}\+0\.20 µm \(\+0\.20 to \+0\.20\)/);
  });

  it('says how to begin where no tile was segmented by a shadow, and waits where none was yet', async () => {
    const { store, runId, read } = compared();
    const none = { ...settings, shadow: { ...settings.shadow, model: null } };
    const off = shadowOverviewSchema.parse(await shadowOverview(read(), none));
    expect(off).toMatchObject({ configured: null, model: null, comparison: null, runs: [] });
    expect(off.advice.commands[0]).toBe('particled models add model.onnx --name NAME --shadow');
    const on = await shadowOverview(read(), settings);
    expect(on.advice.text).toContain('next has segmented no tile yet');
    expect(runShadow(read(), store.runs.get(runId)!, settings)).toEqual({
      model: null,
      comparison: null,
      tiles: [],
    });
  });

  it('is computed once for all who ask while nothing is written', async () => {
    const { segment, read } = compared();
    segment('a', [square(0)], [square(0)]);
    const overview = rememberedOverview(read(), settings);
    expect(overview()).toBe(overview());
    expect((await overview()).comparison?.tiles.compared).toBe(1);
  });

  it('is computed anew after a while, of the runs of which a tile was segmented meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { store, segment, read } = compared();
    segment('a', [square(0)], [square(0)]);
    const other = store.runs.create({ ...exampleRun, name: 'newer' }).id;
    segment('b', [square(0)], [square(0)], other);
    const overview = rememberedOverview(read(), settings);
    const [newer, older] = (await overview()).runs;
    segment('c', [square(0)], [], other);
    // Whoever asks at once gets what is known.
    expect((await overview()).comparison?.tiles.compared).toBe(2);
    vi.advanceTimersByTime(31_000);
    const later = await overview();
    expect(later.comparison?.tiles.compared).toBe(3);
    expect(later.runs[0]?.comparison.pieces).toEqual({ matched: 1, onlyServing: 1, onlyShadow: 0 });
    expect(later.runs[0]?.comparison).not.toBe(newer?.comparison);
    expect(later.runs[1]?.comparison).toBe(older?.comparison);
  });
});

describe('the words of a moved figure', () => {
  const bounds = { low95: 0.05, high95: 0.27 };

  it('have a sign, and as many places as the figure beside them', () => {
    const difference = { value: 0.16, ...bounds };
    const words = figureWords({ figure: 'diameterD50Um', serving: 5.27, shadow: 5.43, difference });
    expect(words).toEqual({
      ...{ title: 'D50', serving: '5.27 µm', shadow: '5.43 µm', difference: '+0.16 µm' },
      ...{ interval: '+0.05 to +0.27', relative: '+3.0 %', moves: true },
    });
  });

  it('give shares in points, and counts whole', () => {
    const share = { value: -0.021, low95: -0.05, high95: 0.008 };
    expect(
      figureWords({ figure: 'uncertainShare', serving: 0.121, shadow: 0.1, difference: share }),
    ).toMatchObject({
      ...{ serving: '12 %', difference: '−2.1 points', interval: '−5.0 to +0.8 points' },
      ...{ relative: '', moves: false },
    });
    const count = { value: 12, low95: null, high95: null };
    expect(figureWords({ figure: 'count', serving: 1200, shadow: 1212, difference: count })).toMatchObject({
      ...{ serving: '1,200', difference: '+12', relative: '+1.0 %', interval: '', moves: null },
    });
  });

  it('say nothing of what one model did not find', () => {
    expect(
      figureWords({ figure: 'diameterD10Um', serving: 1, shadow: null, difference: null }),
    ).toMatchObject({
      ...{ shadow: '-', difference: '-', interval: '', moves: null },
    });
  });
});
