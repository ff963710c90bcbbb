import { describe, expect, it } from 'vitest';
import { areaPx2, contains } from '../../../../../src/dashboard/browser/correct/outlines/outline-area.ts';
import { rectangle } from './outlines.ts';

describe('contains', () => {
  it('tells inside from outside, and a hole from its rim', () => {
    const ring = [...rectangle(0, 0, 10, 10), ...rectangle(4, 4, 2, 2)];
    expect(contains(ring, { x: 2, y: 2 })).toBe(true);
    expect(contains(ring, { x: 5, y: 5 })).toBe(false);
    expect(contains(ring, { x: 11, y: 5 })).toBe(false);
  });
});

describe('areaPx2', () => {
  it('adds up parts, in whichever sense they run', () => {
    const reversed = [[0, 0, 0, 5, 5, 5, 5, 0]];
    expect(areaPx2([...rectangle(10, 0, 4, 2), ...reversed])).toBe(33);
  });
});
