import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../../src/dashboard/api/event.ts';
import { placesOf, placeText } from '../../../src/dashboard/browser/now/places.ts';
import { spotAfter } from '../../../src/dashboard/browser/now/roving.ts';
import { isMisplaced, withEvent } from '../../../src/dashboard/browser/now/with-event.ts';
import { runDetail, tileEntry } from './examples.ts';

const here = { sampleId: 'li1', run: 'r1' };
const tile = (given: Parameters<typeof tileEntry>[0]): LiveEvent => ({
  type: 'tile',
  ...here,
  tile: tileEntry(given),
});

describe('a run on the page', () => {
  it('takes up new tiles, newer results of known ones, and drops those that count no more', () => {
    const waiting = tileEntry({ contentHash: 'b', column: 1, state: 'waiting' });
    const detail = runDetail({ tiles: [tileEntry({ contentHash: 'a' }), waiting] });
    const after = [
      tile({ contentHash: 'b', column: 1, particles: 9 }),
      tile({ contentHash: 'c', column: 2 }),
      { type: 'tile-gone', ...here, contentHash: 'a' } as const,
    ].reduce(withEvent, detail);
    expect(after.tiles.map(({ contentHash, state }) => [contentHash, state])).toEqual([
      ['b', 'segmented'],
      ['c', 'segmented'],
    ]);
  });

  it('does not change by what is told of other runs', () => {
    const detail = runDetail({});
    expect(withEvent(detail, { ...tile({ contentHash: 'x' }), run: 'r2' } as LiveEvent)).toBe(detail);
    expect(withEvent(detail, { type: 'run', entry: { ...detail.entry, sampleId: 'other' } })).toBe(detail);
  });

  it('is read anew when a tile lies outside its grid', () => {
    const detail = runDetail({ rows: 2, columns: 3 });
    expect(isMisplaced(detail, tile({ row: 1, column: 2 }))).toBe(false);
    expect(isMisplaced(detail, tile({ row: 2, column: 0 }))).toBe(true);
    expect(isMisplaced(detail, tile({ row: null, column: null }))).toBe(false);
  });
});

describe('the grid', () => {
  it('has every place, filled or empty with its reason, and the tiles without a place apart', () => {
    const lost = tileEntry({ contentHash: 'lost', row: null, column: null });
    const { rows, unplaced } = placesOf(
      runDetail({
        rows: 2,
        columns: 2,
        tiles: [tileEntry({ contentHash: 'a', row: 1, column: 0 }), lost],
        emptyPlaces: [{ row: 0, column: 1, reason: 'nothing came' }],
      }),
    );
    expect(rows.map((places) => places.map((place) => place.tile?.contentHash ?? place.reason))).toEqual([
      [null, 'nothing came'],
      ['a', null],
    ]);
    expect(unplaced).toEqual([lost]);
  });

  it('shows of two images of one place the one that counts, whichever came first', () => {
    const blurred = tileEntry({ contentHash: 'blurred', state: 'left-out' });
    const sharp = tileEntry({ contentHash: 'sharp' });
    for (const tiles of [
      [blurred, sharp],
      [sharp, blurred],
    ]) {
      const { rows } = placesOf(runDetail({ rows: 1, columns: 1, tiles }));
      expect(rows[0]?.[0]?.tile).toBe(sharp);
    }
  });

  it('says of a place where it is and what is there, as files and reports count', () => {
    const place = { row: 2, column: 4, reason: null };
    expect(placeText({ ...place, tile: null })).toBe('Row 2, column 4: no tile yet');
    expect(placeText({ ...place, tile: tileEntry({ particles: 38, uncertain: 1 }) })).toBe(
      'Row 2, column 4: 38 particles, 1 uncertain',
    );
    const failed = tileEntry({ state: 'failed' });
    expect(placeText({ ...place, tile: failed, reason: 'it was cut off' })).toBe(
      'Row 2, column 4: could not be segmented: it was cut off',
    );
  });

  it('is walked by arrows to its edges and no further, and by Home, End and the page keys', () => {
    const size = { rows: 3, columns: 4 };
    const from = { row: 1, column: 3 };
    const ledBy = (key: string, isWithCtrl = false) => spotAfter(key, isWithCtrl, from, size);
    expect(ledBy('ArrowRight')).toEqual(from);
    expect(ledBy('ArrowLeft')).toEqual({ row: 1, column: 2 });
    expect(ledBy('ArrowDown')).toEqual({ row: 2, column: 3 });
    expect(ledBy('Home')).toEqual({ row: 1, column: 0 });
    expect(ledBy('Home', true)).toEqual({ row: 0, column: 0 });
    expect(ledBy('End', true)).toEqual({ row: 2, column: 3 });
    expect(ledBy('PageUp')).toEqual({ row: 0, column: 3 });
    expect(ledBy('a')).toBeNull();
  });
});
