import { afterEach, describe, expect, it } from 'vitest';
import { startThreadPool, type ThreadPool } from '../../src/simulator/thread-pool.ts';

type Task = 'tell' | 'refuse' | 'wait' | 'throw' | 'end';
type Answer = { readonly startedWith: unknown; readonly threadId: number };

let pool: ThreadPool<Task, Answer>;
const start = (threads: number) => {
  pool = startThreadPool(new URL('./thread-pool-worker.ts', import.meta.url), { seed: 7 }, threads);
};
afterEach(() => pool.close());

describe('a pool of threads', () => {
  it('starts each thread with the data and gives back its answer', async () => {
    start(1);
    expect((await pool.run('tell')).startedWith).toEqual({ seed: 7 });
  });

  it('works in as many threads as asked, and answers every task', async () => {
    start(2);
    // Each thread waits 50 ms a task, so no thread can take all six before the other has started.
    const answers = await Promise.all(Array.from({ length: 6 }, () => pool.run('wait')));
    expect(answers).toHaveLength(6);
    expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(2);
  });

  it('reports a refused task and goes on with the next', async () => {
    start(1);
    const [refused, told] = await Promise.allSettled([pool.run('refuse'), pool.run('tell')]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { message: 'refused as told' } });
    expect(told.status).toBe('fulfilled');
  });

  it.each([
    ['throw', 'thrown in the thread'],
    ['end', 'ended with exit code 3'],
  ] as const)('refuses all that waits and all that comes once a thread meets %s', async (task, reason) => {
    start(1);
    const settled = await Promise.allSettled([pool.run(task), pool.run('tell')]);
    for (const one of settled) {
      expect(one).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringContaining(reason) },
      });
    }
    await expect(pool.run('tell')).rejects.toThrow(reason);
  });

  it('refuses what is under way when it is closed', async () => {
    start(1);
    const refused = expect(pool.run('wait')).rejects.toThrow('are closed');
    await pool.close();
    await refused;
  });
});

describe('the simulator’s own threads', () => {
  it.each([
    ['acquisition/exposure-worker', 'workerData is no specimen'],
    ['dataset/sample-worker', 'workerData is object'],
  ])('%s refuses to start with what it cannot use', async (name, reason) => {
    pool = startThreadPool(new URL(`../../src/simulator/${name}.ts`, import.meta.url), { grid: {} }, 1);
    await expect(pool.run('tell')).rejects.toThrow(reason);
  });
});
