import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/grid/coverage.ts';
import { runState } from '../../src/grid/run-state.ts';

describe('runState', () => {
  const full: Coverage = {
    rows: 2,
    columns: 2,
    tilesPresent: 4,
    tilesExpected: 4,
    missing: [],
    tilesUnseen: 0,
  };
  const holed: Coverage = { ...full, tilesPresent: 3, missing: [{ row: 1, column: 1 }] };
  const begun: Coverage = { ...full, tilesExpected: 288, tilesUnseen: 284 };
  const configured = { rows: 2, columns: 2 };
  const times = { lastTileAtMs: 10_000, stallAfterMs: 5_000, finalised: false };
  const soon = { ...times, nowMs: 14_999 };
  const late = { ...times, nowMs: 15_000 };

  it('is complete at once when every tile of the configured grid is there', () => {
    expect(runState({ coverage: full, expected: configured, ...soon })).toBe('complete');
  });

  it('waits for silence before it takes a filled rectangle for the whole grid', () => {
    expect(runState({ coverage: full, expected: null, ...soon })).toBe('filling');
    expect(runState({ coverage: full, expected: null, ...late })).toBe('complete');
  });

  it.each([
    ['inside the grid', holed],
    ['beyond the fitted rows and columns', begun],
  ])('stalls after silence while tiles are missing %s', (_, coverage) => {
    expect(runState({ coverage, expected: configured, ...soon })).toBe('filling');
    expect(runState({ coverage, expected: configured, ...late })).toBe('stalled');
  });

  it('is finalised at once when a controller ended it, unless the configured grid was whole before', () => {
    const ended = { ...soon, finalised: true };
    expect(runState({ coverage: holed, expected: configured, ...ended })).toBe('finalised');
    expect(runState({ coverage: full, expected: null, ...ended })).toBe('finalised');
    expect(runState({ coverage: full, expected: configured, ...ended })).toBe('complete');
    expect(runState({ coverage: holed, expected: configured, ...late, finalised: true })).toBe('finalised');
  });

  it('goes on filling when the clock was set back', () => {
    expect(runState({ coverage: holed, expected: configured, ...times, nowMs: -86_400_000 })).toBe('filling');
  });
});
