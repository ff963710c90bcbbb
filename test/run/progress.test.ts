import { describe, expect, it } from 'vitest';
import { progressSchema } from '../../src/publish/schema/progress.ts';
import { endReason, type RunAdvance, runProgress } from '../../src/run/progress.ts';
import type { StoredRun } from '../../src/store/runs.ts';
import { exampleRun } from '../store/examples.ts';

const run: StoredRun = {
  ...exampleRun,
  ...{ pixelSizeSource: 'file', isPlaced: true },
  ...{ id: 1, state: 'filling', revision: 0, sufficientAtMs: null, finalisedAtMs: null, finalised: null },
  ...{ analysis: null, remarks: null, rowsDeletedAfterDays: null, createdAtMs: 0, lastTileAtMs: 90_000 },
};
const coverage = { rows: 3, columns: 4, tilesPresent: 5, tilesExpected: 12, missing: [], tilesUnseen: 7 };
const filling: RunAdvance = {
  ...{ state: 'filling', coverage, expected: { rows: 3, columns: 4 }, stallAfterS: 900 },
  tiles: { segmented: 3, failed: 1, waiting: 1 },
};

/** As of 100 s after the first tile. */
function said(change: Partial<RunAdvance> = {}, ofRun: Partial<StoredRun> = {}) {
  const sender = { baseTopic: 'particled', instrument: 'test', softwareVersion: '1', at: new Date(100_000) };
  const { payload } = runProgress(sender, { ...run, ...ofRun }, { ...filling, ...change });
  return progressSchema.parse({ ...payload, sequence: 1 });
}

describe('progress', () => {
  it('says when the first and the last tile came', () => {
    expect(said()).toMatchObject({
      ...{ firstTileAt: '1970-01-01T00:00:00.000Z', lastTileAt: '1970-01-01T00:01:30.000Z' },
      ...{ state: 'filling', reason: null },
    });
  });

  it('estimates the time to the end by the pace so far', () => {
    // 4 of 12 tiles in 100 s: the other 8 take 200 s.
    expect(said().timeToEndS).toBe(200);
    // A controller has ended the scan: the one that waits takes 25 s.
    expect(said({}, { finalisedAtMs: 95_000 }).timeToEndS).toBe(25);
  });

  it('estimates none from one tile, without an expected grid, or once the run has ended', () => {
    expect(said({ tiles: { segmented: 1, failed: 0, waiting: 4 } }).timeToEndS).toBeNull();
    expect(said({ expected: null }).timeToEndS).toBeNull();
    expect(said({ state: 'stalled' }).timeToEndS).toBeNull();
  });

  it('says why a run has ended', () => {
    const reason = (change: Partial<RunAdvance>, finalised: StoredRun['finalised'] = null) =>
      endReason({ finalised }, { ...filling, ...change });
    expect(reason({})).toBeNull();
    expect(reason({ state: 'complete' })).toBe('all 12 tiles are there');
    expect(reason({ state: 'complete', expected: null })).toBe(
      'no further tile came (grid.stallAfterS, 900 s), and none is missing',
    );
    expect(reason({ state: 'stalled' })).toBe(
      'no further tile came (grid.stallAfterS, 900 s); 7 of 12 tiles are missing',
    );
    expect(reason({ state: 'finalised' }, { by: null, reason: null })).toBe('finalised on request');
    expect(reason({ state: 'finalised' }, { by: 'Ada', reason: 'enough' })).toBe('finalised by Ada: enough');
  });
});
