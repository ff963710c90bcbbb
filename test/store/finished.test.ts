import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/grid/coverage.ts';
import type { FinishedRun } from '../../src/store/finished.ts';
import { exampleRun, message, storeWithRun } from './examples.ts';

/** A store in which runs of samples get summaries made on some day of January 2026. */
function laboratory() {
  const { store } = storeWithRun();
  const runs = new Map<string, number>();
  return {
    finished: store.finished,
    save(sampleId: string, name: string, day: number, state: RunState = 'complete') {
      const runId =
        runs.get(name) ?? store.runs.create({ ...exampleRun, sampleId, name, folder: `/export/${name}` }).id;
      runs.set(name, runId);
      store.summaries.save(runId, state, (revision) =>
        message('summary', { at: onDay(day).toISOString(), revision }),
      );
      return runId;
    },
  };
}

const onDay = (day: number): Date => new Date(Date.UTC(2026, 0, day, 12));
const names = (runs: readonly FinishedRun[]): string[] => runs.map(({ runName }) => runName);

describe('finished runs', () => {
  it('are found by the time of their final summary, the beginning within and the end without', () => {
    const { finished, save } = laboratory();
    for (const day of [1, 2, 3, 4]) save('powder', `run ${day}`, day);
    save('powder', 'filling', 2, 'filling');
    expect(names(finished.between(onDay(2), onDay(4)))).toEqual(['run 2', 'run 3']);
  });

  it('stand as they were then: a later revision belongs to the later night', () => {
    const { finished, save } = laboratory();
    const runId = save('powder', 'run', 1);
    save('powder', 'run', 1, 'stalled');
    save('powder', 'run', 5);
    expect(finished.between(onDay(1), onDay(2))).toMatchObject([{ revision: 2, payload: { revision: 2 } }]);
    expect(finished.between(onDay(5), onDay(6))).toMatchObject([{ revision: 3 }]);
    expect(finished.lastBefore(onDay(4), 30)).toMatchObject([{ revision: 2 }]);
    expect(finished.ofRun(runId, onDay(5))).toMatchObject({ revision: 2 });
    expect(finished.ofRun(runId, onDay(1))).toBeUndefined();
  });

  it('give the last ones before a time, oldest first, however many revisions each has', () => {
    const { finished, save } = laboratory();
    for (const day of [1, 2, 3, 4]) for (let i = 0; i < 3; i += 1) save('powder', `run ${day}`, day);
    expect(names(finished.lastBefore(onDay(4), 2))).toEqual(['run 2', 'run 3']);
    expect(finished.lastBefore(onDay(1), 2)).toEqual([]);
  });

  it('give the last one of the same sample', () => {
    const { finished, save } = laboratory();
    save('powder', 'first', 1);
    const second = save('powder', 'second', 2);
    save('other', 'between', 2);
    const third = save('powder', 'third', 3);
    expect(finished.previousOfSample('powder', third, onDay(3))?.runName).toBe('second');
    expect(finished.previousOfSample('powder', second, onDay(2))?.runName).toBe('first');
    expect(finished.previousOfSample('other', third, onDay(1))).toBeUndefined();
  });
});
