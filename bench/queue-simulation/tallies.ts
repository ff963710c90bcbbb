import type { Clock } from './clock.ts';

/** A number that changes as time goes by, and its mean over time. */
export interface Level {
  readonly value: number;
  readonly mean: number;
  readonly most: number;
  add(change: number): void;
}

export function createLevel(clock: Clock): Level {
  let value = 0;
  let most = 0;
  let area = 0;
  let sinceS = 0;
  const passed = (): void => {
    area += value * (clock.nowS - sinceS);
    sinceS = clock.nowS;
  };
  return {
    get value() {
      return value;
    },
    get most() {
      return most;
    },
    get mean() {
      passed();
      return clock.nowS === 0 ? 0 : area / clock.nowS;
    },
    add(change) {
      passed();
      value += change;
      most = Math.max(most, value);
    },
  };
}

/**
 * How even shares are: 1 where all are the same, 1/n where one of n has everything. R. Jain, D.-M. Chiu, W. Hawe,
 * A quantitative measure of fairness and discrimination, DEC-TR-301 (1984).
 */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}
