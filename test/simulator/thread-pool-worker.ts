import { parentPort, threadId, workerData } from 'node:worker_threads';

/** Answers for thread-pool.test.ts: tells what it was started with, refuses, waits, throws or ends as told. */
parentPort?.on('message', async (task: 'tell' | 'refuse' | 'wait' | 'throw' | 'end') => {
  if (task === 'throw') throw new Error('thrown in the thread');
  if (task === 'end') process.exit(3);
  if (task === 'wait') await new Promise((resolve) => setTimeout(resolve, 50));
  const answer = { startedWith: workerData, threadId };
  parentPort?.postMessage(
    task === 'refuse' ? { ok: false, reason: 'refused as told' } : { ok: true, answer },
  );
});
