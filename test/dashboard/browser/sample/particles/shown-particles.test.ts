import { describe, expect, it } from 'vitest';
import type { ParticleEntry } from '../../../../../src/dashboard/api/particle.ts';
import {
  orders,
  publishedDiameterUm,
  shownParticles,
} from '../../../../../src/dashboard/browser/sample/particles/shown-particles.ts';

function particle(number: number, other: Partial<ParticleEntry> = {}): ParticleEntry {
  return {
    ...{ number, areaUm2: number, diameterEquivalentUm: number, diameterFeretMaxUm: 2 * number },
    ...{ diameterFeretMinUm: number / 2, circularity: 0.9, aspectRatio: 0.8, solidity: 0.95 },
    ...{ confidence: 0.9, certain: true, passesFilter: true, stageUm: null, pieces: [] },
    ...other,
  };
}

const all = [particle(1), particle(2, { certain: false }), particle(3), particle(4, { passesFilter: false })];
const numbers = (list: readonly ParticleEntry[]) => list.map(({ number }) => number);
const open = { show: 'all', fromUm: null, toUm: null } as const;

describe('the particles that are shown', () => {
  it('are those that count, by the switch', () => {
    expect(numbers(shownParticles(all, open, null, 'area').shown)).toEqual([1, 2, 3]);
    expect(numbers(shownParticles(all, { ...open, show: 'certain' }, null, 'area').shown)).toEqual([1, 3]);
    expect(numbers(shownParticles(all, { ...open, show: 'uncertain' }, null, 'area').shown)).toEqual([2]);
  });

  it('are those that pass the filter that was asked for', () => {
    expect(numbers(shownParticles(all, open, new Set([3, 4]), 'area').shown)).toEqual([3]);
  });

  it('are all in the range where there is none, else those between its ends, which belong to it', () => {
    expect(numbers(shownParticles(all, open, null, 'area').inRange)).toEqual([1, 2, 3]);
    const range = { ...open, fromUm: 2, toUm: 3 };
    expect(numbers(shownParticles(all, range, null, 'area').inRange)).toEqual([2, 3]);
    expect(numbers(shownParticles(all, { ...open, toUm: 1 }, null, 'area').inRange)).toEqual([1]);
  });

  it('are measured by the published diameter', () => {
    expect(publishedDiameterUm(particle(3), 'feretMax')).toBe(6);
    expect(numbers(shownParticles(all, { ...open, fromUm: 6 }, null, 'feretMax').inRange)).toEqual([3]);
  });

  it('come in the order that is asked for', () => {
    expect(numbers(all.toSorted(orders['largest first']))).toEqual([4, 3, 2, 1]);
    const doubtful = [particle(1), particle(2, { confidence: 0.2 })];
    expect(numbers(doubtful.toSorted(orders['least confident first']))).toEqual([2, 1]);
  });
});
