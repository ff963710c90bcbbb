import type { Clock } from './clock.ts';

/** Who takes one after the other, in the order in which they come: a network card in one direction, Redis's thread. */
export interface Line {
  /** @returns when what comes now, and takes so long, is through */
  throughAt(takesS: number): number;
  /** For how long it has been at work, what it has begun included. */
  readonly busyS: number;
}

export function createLine(clock: Clock): Line {
  let freeAtS = 0;
  let busyS = 0;
  return {
    throughAt(takesS) {
      freeAtS = Math.max(freeAtS, clock.nowS) + takesS;
      busyS += takesS;
      return freeAtS;
    },
    get busyS() {
      return busyS;
    },
  };
}
