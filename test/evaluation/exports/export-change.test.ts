import { describe, expect, it } from 'vitest';
import { exportChange, signedPercent } from '../../../src/evaluation/exports/export-change.ts';
import { outline, rowOf } from './outlines.ts';

describe('an export against what was accepted', () => {
  it('is unchanged where the same outlines are found', () => {
    expect(exportChange(rowOf(3), rowOf(3))).toMatchObject({
      again: { lost: [], added: [] },
      turned: 0,
      areaMedianChange: 0,
      beyond: [],
    });
    const none = rowOf(0, { areaMedianPx: null, areaMeanPx: null });
    expect(exportChange(none, none).beyond).toEqual([]);
  });

  it('may lose one of a hundred outlines, not one of ninety-nine', () => {
    expect(exportChange(rowOf(100), rowOf(99)).beyond).toEqual([]);
    expect(exportChange(rowOf(99), rowOf(98)).beyond).toEqual(['1 lost']);
    expect(exportChange(rowOf(98), rowOf(99)).beyond).toEqual(['1 new']);
  });

  it('is changed by particles that move, though count and areas stay', () => {
    const moved = rowOf(2, { outlines: [outline(0, 5), outline(500, 5)] });
    expect(exportChange(rowOf(2), moved).beyond).toEqual(['1 lost', '1 new']);
  });

  it('is changed by verdicts, areas and a limit', () => {
    const turned = rowOf(2, { outlines: [outline(0, 5, false), outline(20, 5)] });
    expect(exportChange(rowOf(2), turned)).toMatchObject({ turned: 1, beyond: ['1 turned'] });
    // 80 to 82 px is 2.5 % more, 80 to 79.5 px 0.6 % less.
    const larger = rowOf(2, { areaMedianPx: 82, areaMeanPx: 79.5 });
    expect(exportChange(rowOf(2), larger).beyond).toEqual(['median area +2.5 %']);
    const cut = rowOf(2, { limitReached: 'proposals' });
    expect(exportChange(rowOf(2), cut).beyond).toEqual(['limit proposals reached']);
    expect(exportChange(cut, rowOf(2)).beyond).toEqual(['limit proposals no longer reached']);
  });
});

it('says shares as percent with their sign, and none of a zero', () => {
  expect([0.025, -0.1, 0.0001, -0.0001].map(signedPercent)).toEqual(['+2.5 %', '-10.0 %', '0.0 %', '0.0 %']);
});
