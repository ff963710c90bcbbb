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

/** Starts `threads` workers of a module that answers each message with one `ThreadReply`. */
export function startThreadPool<Task, Answer>(
  entry: URL,
  workerData: unknown,
  threads: number,
): ThreadPool<Task, Answer> {
  const waiting: Job<Task, Answer>[] = [];
  const workers = Array.from({ length: Math.max(1, threads) }, () => {
    const worker = new Worker(entry, { workerData });
    let job: Job<Task, Answer> | undefined;
    const next = () => {
      if (job) return;
      job = waiting.shift();
      if (job) worker.postMessage(job.task);
    };
    worker.on('message', (reply: ThreadReply<Answer>) => {
      const done = job;
      job = undefined;
      if (reply.ok) done?.resolve(reply.answer);
      else done?.reject(new Error(reply.reason));
      next();
    });
    worker.on('error', (error) => {
      job?.reject(error);
      for (const left of waiting.splice(0)) left.reject(error);
    });
    return { worker, next };
  });
  return {
    run: (task) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        for (const { next } of workers) next();
      }),
    close: async () => {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}
