import { describe, expect, it } from 'vitest';
import { answerFault } from '../../src/queue/answer-fault.ts';
import { answerSchema } from '../../src/queue/contract.ts';
import { answerOf, jobExample, particle, resultOf } from './examples.ts';

const tile = { widthPx: 320, heightPx: 64 };
const fault = (answer: unknown): string | null => answerFault(answerSchema.parse(answer), jobExample, tile);

describe('an answer to a job', () => {
  it('is taken where it is about the tile asked for, with the model asked for, within the tile', () => {
    expect(fault(answerOf(resultOf([particle])))).toBeNull();
    expect(fault(answerOf(resultOf([])))).toBeNull();
  });

  it('about another content is none', () => {
    expect(fault({ ...answerOf(resultOf([])), contentHash: 'b'.repeat(64) })).toContain('content bbbbbbbb');
  });

  it('of another version of particled is none, unless it refuses', () => {
    const other = { softwareVersion: '0.0.1' };
    expect(fault({ ...answerOf(resultOf([])), ...other })).toContain('of particled 0.0.1, not');
    const { result: _, hasOverlay: __, ...head } = answerOf(resultOf([]));
    const refused = { ...head, kind: 'refused', refusal: 'version', message: 'it is older', ...other };
    expect(fault(refused)).toBeNull();
  });

  it('of another model is none', () => {
    const { model } = resultOf([]);
    const of = (changed: object) => fault(answerOf({ ...resultOf([]), model: { ...model, ...changed } }));
    expect(of({ sha256: 'c'.repeat(64) })).toContain('of the model low (cccccccc), not low (aaaaaaaa)');
    expect(of({ name: 'high' })).toContain('of the model high');
  });

  // 320 x 64 px: the last box that is inside begins at 310 and is 10 wide.
  it.each([
    ['a box over the right side', { boxPx: [311, 10, 10, 10] }, 'particle 0 outside the tile of 320 x 64 px'],
    ['a box below the last row', { boxPx: [10, 55, 10, 10] }, 'particle 0 outside'],
    ['a centroid beside the tile', { centroidPx: { x: 321, y: 3 } }, 'particle 0 outside'],
    ['a cut along a border that it does not touch', { touchesBorder: true }, 'touching the border without'],
    [
      'a cut that is longer than the side',
      { touchesBorder: true, cutsPx: [{ side: 'left', fromPx: 60, toPx: 64 }] },
      'a cut of particle 0 outside',
    ],
  ])('with %s is none', (_, changed, said) => {
    expect(fault(answerOf(resultOf([{ ...particle, ...changed }])))).toContain(said);
  });

  it.each([
    ['a corner outside', [[0, 0, 320.125, 0, 3, 3]], 'outline 0 outside'],
    ['half a corner', [[0, 0, 3]], 'half a corner'],
  ])('with an outline that has %s is none', (_, outline, said) => {
    expect(fault(answerOf({ ...resultOf([particle]), outlines: [outline] }))).toContain(said);
  });

  it('with fewer outlines than particles is none', () => {
    expect(fault(answerOf({ ...resultOf([particle]), outlines: [] }))).toBe('has 0 outlines for 1 particles');
  });

  it('with an overlay that nobody wanted is none', () => {
    const answer = { ...answerOf(resultOf([])), hasOverlay: true };
    const { overlay: _, ...job } = jobExample;
    expect(answerFault(answerSchema.parse(answer), { ...job, overlay: null }, tile)).toContain('overlay');
  });
});
