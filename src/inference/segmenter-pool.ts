import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { messageOf, type UnusableFileCode, UnusableFileError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Segmenter, SegmentTask, TileResult } from './tile-result.ts';

export interface PoolOptions {
  /** Module that the children run; it answers with `SegmenterReply`. */
  readonly entry: URL;
  readonly processes: number;
  readonly threadsPerProcess: number;
  readonly modelsFolder: string;
  readonly polarity: 'bright' | 'dark';
  /** A tile that takes longer counts as a hang: its process is killed. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

export interface SegmenterRequest {
  readonly id: number;
  readonly task: SegmentTask;
}

export type SegmenterReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'result'; readonly id: number; readonly result: TileResult }
  | {
      readonly kind: 'unusable';
      readonly id: number;
      readonly code: UnusableFileCode;
      readonly reason: string;
      readonly mayRecover: boolean;
    }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };

const STOP_GRACE_MS = 5000;
const READY_MS = 120_000;

/**
 * glibc: one heap for all threads, and images in maps of their own, given back as soon as they are collected. A
 * tenth of a segmenter's memory for 3 ms a tile (docs/decisions/0004-speed.md). Elsewhere it is not read.
 */
const LEAN_MALLOC = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '1048576' };

/** The segmenter's process died or hung while it had this tile. */
export class SegmenterCrashError extends Error {
  override readonly name = 'SegmenterCrashError';
}

/** No segmenter process can be had now; the tile is not to blame. */
export class SegmenterUnavailableError extends Error {
  override readonly name = 'SegmenterUnavailableError';
}

/**
 * How to share the cores: one process a core with one thread each, up to four processes, since whole
 * tiles side by side waste less than one network spread over threads; the rest of the cores as threads.
 */
export function poolShape(cores = availableParallelism()): { processes: number; threadsPerProcess: number } {
  const processes = Math.min(4, Math.max(1, cores));
  return { processes, threadsPerProcess: Math.max(1, Math.floor(cores / processes)) };
}

/** Segmenter children behind the one port; a child that dies is replaced, its tile rejected. */
export async function startSegmenterPool(options: PoolOptions): Promise<Segmenter> {
  const slots = Array.from({ length: options.processes }, () => new Slot(options));
  const waiting: Job[] = [];
  let closed = false;

  const dispatch = (): void => {
    for (const slot of slots) {
      if (!slot.idle) continue;
      const job = waiting.shift();
      if (!job) return;
      slot.run(job).finally(dispatch);
    }
  };

  try {
    await Promise.all(slots.map((slot) => slot.start()));
  } catch (error) {
    await Promise.all(slots.map((slot) => slot.stop()));
    throw error;
  }
  return {
    segment(task) {
      if (closed) return Promise.reject(new SegmenterCrashError(`${task.path}: the segmenter is closed`));
      return new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        dispatch();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0))
        job.reject(new SegmenterCrashError(`${job.task.path}: the segmenter is closed`));
      await Promise.all(slots.map((slot) => slot.stop()));
    },
  };
}

interface Job {
  readonly task: SegmentTask;
  readonly resolve: (result: TileResult) => void;
  readonly reject: (error: Error) => void;
}

/** One place in the pool: a child process, replaced when it dies. */
class Slot {
  #child: ChildProcess | null = null;
  #job: Job | null = null;
  #nextId = 1;
  readonly #options: PoolOptions;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get idle(): boolean {
    return this.#job === null;
  }

  /** Resolves once the child has loaded and warmed its models; rejects with its reason. */
  start(): Promise<void> {
    const { entry, threadsPerProcess, modelsFolder, polarity, logger } = this.#options;
    const child = fork(entry, [JSON.stringify({ threads: threadsPerProcess, modelsFolder, polarity })], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...LEAN_MALLOC, ...process.env },
    });
    this.#child = child;
    return new Promise((resolve, reject) => {
      const refuse = (reason: string): void => {
        clearTimeout(patience);
        this.#abandon(child);
        reject(new SegmenterUnavailableError(`no segmenter process: ${reason}`));
      };
      const patience = setTimeout(() => refuse(`not ready within ${READY_MS / 1000} s`), READY_MS);
      child.once('message', (reply: SegmenterReply) => {
        if (reply.kind === 'refused') return refuse(reply.message);
        clearTimeout(patience);
        resolve();
      });
      child.on('error', (error) => refuse(error.message));
      child.once('exit', (code, signal) => {
        logger.debug({ code, signal }, 'segmenter process ended');
        refuse(`it ended before it was ready (${signal ?? `exit code ${code}`})`);
      });
    });
  }

  /** The next tile gets a new process. */
  #abandon(child: ChildProcess): void {
    if (this.#child === child) this.#child = null;
    child.kill('SIGKILL');
  }

  async run(job: Job): Promise<void> {
    this.#job = job;
    try {
      if (!this.#child) await this.start();
      job.resolve(await this.#ask(this.#child!, job.task));
    } catch (error) {
      job.reject(error instanceof Error ? error : new Error(messageOf(error)));
    } finally {
      this.#job = null;
    }
  }

  #ask(child: ChildProcess, task: SegmentTask): Promise<TileResult> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#abandon(child);
        settle(() =>
          reject(
            new SegmenterCrashError(
              `${task.path}: segmenting took over ${this.#options.timeoutMs} ms, process killed`,
            ),
          ),
        );
      }, this.#options.timeoutMs);
      const onExit = (code: number | null, signal: string | null) =>
        settle(() =>
          reject(
            new SegmenterCrashError(
              `${task.path}: segmenter process died (${signal ?? `exit code ${code}`})`,
            ),
          ),
        );
      const onMessage = (reply: SegmenterReply) => {
        if ('id' in reply && reply.id === id) settle(() => answer(reply, task, resolve, reject));
      };
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        child.off('exit', onExit);
        child.off('message', onMessage);
        finish();
      };
      child.on('exit', onExit);
      child.on('message', onMessage);
      child.send({ id, task } satisfies SegmenterRequest, (error) => {
        if (error)
          settle(() =>
            reject(new SegmenterCrashError(`${task.path}: segmenter process is gone (${error.message})`)),
          );
      });
    });
  }

  /** Lets the child finish what it draws, then ends it. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    if (child.connected) child.disconnect();
    await ended;
    clearTimeout(patience);
  }
}

function answer(
  reply: SegmenterReply,
  task: SegmentTask,
  resolve: (result: TileResult) => void,
  reject: (error: Error) => void,
): void {
  if (reply.kind === 'result') resolve(reply.result);
  else if (reply.kind === 'unusable') {
    reject(new UnusableFileError(task.path, reply.code, reply.reason, reply.mayRecover));
  } else reject(new Error(`${task.path}: ${'message' in reply ? reply.message : reply.kind}`));
}
