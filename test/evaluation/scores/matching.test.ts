import { describe, expect, it } from 'vitest';
import { type LabelImage, overlapTable } from '../../../src/evaluation/label-image.ts';
import { matchOneToOne, overlappingPairs } from '../../../src/evaluation/scores/matching.ts';
import { draw } from '../draw-labels.ts';

const idOf = (letter: string) => letter.charCodeAt(0);

describe('matchOneToOne', () => {
  it('prefers the greatest total IoU to the greatest single one', () => {
    const table = overlapTable(draw('aaaaaaaaaabbb'), draw('yyyxxxxxxxxxx'));
    // a-x share 7 of 13 px (0.54). a-y share 3 of 10 and b-x share 3 of 10: 0.6 together.
    expect(matchOneToOne(table)).toEqual([
      { truthId: idOf('a'), predictedId: idOf('y'), iou: 0.3, intersectionPx: 3 },
      { truthId: idOf('b'), predictedId: idOf('x'), iou: 0.3, intersectionPx: 3 },
    ]);
  });

  it('takes the pair with more shared pixels where the totals are equal', () => {
    // a-x share 2 of 6 px, b-x 4 of 12 px: IoU 1/3 both.
    const table = overlapTable(draw('aabbbbbbbbbb'), draw('xxxxxx......'));
    expect(matchOneToOne(table).map(({ truthId }) => truthId)).toEqual([idOf('b')]);
    const mirrored = overlapTable(draw('bbbbbbbbbbaa'), draw('......xxxxxx'));
    expect(matchOneToOne(mirrored).map(({ truthId }) => truthId)).toEqual([idOf('b')]);
  });

  it('matches nothing where nothing is shared', () => {
    expect(matchOneToOne(overlapTable(draw('aa..'), draw('..xx')))).toEqual([]);
  });

  it('solves each group of overlapping particles by itself', () => {
    const table = overlapTable(draw('aabb.cccc.dd'), draw('xxxx.yyzz.ww'));
    // a-x and b-x tie at 2 of 4 px, as do c-y and c-z; d-w are the same.
    expect(overlappingPairs(table)).toHaveLength(5);
    const matched = matchOneToOne(table);
    expect(matched.map(({ iou }) => iou)).toEqual([0.5, 0.5, 1]);
  });

  it('matches 300 particles of a 1920 x 1200 image in well under two seconds', () => {
    const truth = blocks(0);
    const predicted = blocks(30);
    const startMs = performance.now();
    const matches = matchOneToOne(overlapTable(truth, predicted));
    expect(performance.now() - startMs).toBeLessThan(2000);
    // 20 x 15 blocks of 96 x 80 px, moved by 30 px: each keeps 66 of its 96 columns.
    expect(matches).toHaveLength(300);
    expect(matches[0]?.intersectionPx).toBe(66 * 80);
  });
});

/** 300 blocks side by side, so that all of one row of blocks hang together; each row starts `shift` px later. */
function blocks(shift: number): LabelImage {
  const labels = Int32Array.from({ length: 1920 * 1200 }, (_, pixel) => {
    const x = (pixel % 1920) - shift;
    const y = Math.floor(pixel / 1920);
    return x < 0 ? 0 : 1 + Math.floor(x / 96) + 20 * Math.floor(y / 80);
  });
  return { widthPx: 1920, heightPx: 1200, labels };
}
