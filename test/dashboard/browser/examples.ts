import type { RunDetail, RunEntry, TileEntry } from '../../../src/dashboard/api/run.ts';

export function tileEntry(given: Partial<TileEntry> = {}): TileEntry {
  return {
    contentHash: 'a',
    name: 'tile.tif',
    row: 0,
    column: 0,
    state: 'segmented',
    reason: null,
    reimage: false,
    widthPx: 1920,
    heightPx: 1200,
    pixelSizeUm: 0.05,
    turns: 0,
    stageUm: null,
    particles: 5,
    uncertain: 1,
    model: 'high',
    ...given,
  };
}

export function runEntry(given: Partial<RunEntry> = {}): RunEntry {
  return {
    sampleId: 'li1',
    sampleLabel: 'Li1',
    run: 'r1',
    state: 'filling',
    revision: 1,
    final: false,
    verdict: null,
    startedAt: '2026-11-28T10:00:00.000Z',
    lastTileAt: '2026-11-28T10:00:00.000Z',
    tiles: { segmented: 0, waiting: 0, failed: 0, leftOut: 0, expected: 288 },
    particleCount: 0,
    d10Um: null,
    d50Um: null,
    d90Um: null,
    reviewedBy: [],
    ...given,
  };
}

export function runDetail(given: Partial<RunDetail>): RunDetail {
  return { entry: runEntry(), rows: 12, columns: 24, tiles: [], emptyPlaces: [], summary: null, ...given };
}
