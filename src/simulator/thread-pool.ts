import { Worker } from 'node:worker_threads';

/** Tasks answered by worker threads, each taking the next task when it is done. */
export interface ThreadPool<Task, Answer> {
  run(task: Task): Promise<Answer>;
  close(): Promise<void>;
}

/** What a worker posts back: its answer, or why there is none. */
export type ThreadReply<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: string };

interface Job<Task, Answer> {
  readonly task: Task;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/**
 * Starts `threads` workers of a module that answers each message with one `ThreadReply`. A thread that ends
 * by itself fails the pool: what waits and what comes later is refused with the reason.
 */
export function startThreadPool<Task, Answer>(
  entry: URL,
  workerData: unknown,
  threads: number,
): ThreadPool<Task, Answer> {
  const waiting: Job<Task, Answer>[] = [];
  let failure: unknown = null;
  const workers = Array.from({ length: Math.max(1, threads) }, () => {
    const worker = new Worker(entry, { workerData });
    let job: Job<Task, Answer> | undefined;
    const next = () => {
      if (job) return;
      job = waiting.shift();
      if (job) worker.postMessage(job.task);
    };
    const fail = (reason: unknown) => {
      failure ??= reason;
      job?.reject(failure);
      for (const left of waiting.splice(0)) left.reject(failure);
    };
    worker.on('message', (reply: ThreadReply<Answer>) => {
      const done = job;
      job = undefined;
      if (reply.ok) done?.resolve(reply.answer);
      else done?.reject(new Error(reply.reason));
      next();
    });
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`thread of ${entry} ended with exit code ${code}`)));
    return { worker, next };
  });
  return {
    run: (task) =>
      new Promise<Answer>((resolve, reject) => {
        if (failure !== null) return reject(failure);
        waiting.push({ task, resolve, reject });
        for (const { next } of workers) next();
      }),
    close: async () => {
      failure ??= new Error(`threads of ${entry} are closed`);
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}
