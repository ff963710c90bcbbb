import { createHeap } from './heap.ts';

/** The simulated time: what is due is done in the order of its time, and at one time in the order it was asked for. */
export interface Clock {
  readonly nowS: number;
  at(timeS: number, action: () => void): void;
  /** Does all that is due by then; what is due later stays undone. */
  runUntil(timeS: number): void;
}

interface Due {
  readonly timeS: number;
  readonly order: number;
  readonly action: () => void;
}

export function createClock(): Clock {
  const due = createHeap<Due>((a, b) => a.timeS < b.timeS || (a.timeS === b.timeS && a.order < b.order));
  let nowS = 0;
  let order = 0;
  return {
    get nowS() {
      return nowS;
    },
    at(timeS, action) {
      if (!(timeS >= nowS)) throw new RangeError(`an event is due at ${timeS} s, but it is ${nowS} s`);
      due.push({ timeS, order: order++, action });
    },
    runUntil(timeS) {
      for (let next = due.peek(); next && next.timeS <= timeS; next = due.peek()) {
        due.pop();
        nowS = next.timeS;
        next.action();
      }
      nowS = timeS;
    },
  };
}
