import type { ChildProcess } from 'node:child_process';
import { forkDependent, LEAN_MALLOC } from '../dependent-process.ts';
import { messageOf, UnusableFileError } from '../errors.ts';
import { processorText, thisProcessor } from '../inference/processor.ts';
import type { ModelCheck } from '../known-answer/model-check.ts';
import type { Logger } from '../logger.ts';
import {
  SegmenterCrashError,
  type SegmenterReply,
  type SegmenterRequest,
  SegmenterUnavailableError,
} from './channel.ts';
import { HeldProcess } from './held-process.ts';
import type { SegmentTask, TileResult } from './port.ts';

export interface SlotOptions {
  /** Module that the children run; it answers with `SegmenterReply`. */
  readonly entry: URL;
  readonly threadsPerProcess: number;
  /** Null: models are loaded as tasks name their folders. */
  readonly modelsFolder: string | null;
  /** Instead of all models the one of this folder, in a process that works where no other wants the processor. */
  readonly shadowFolder?: string;
  readonly polarity: 'bright' | 'dark';
  /** A tile that takes longer counts as a hang: its process is killed. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** Who stops it has waited for its tile; what is not done by then waits for the next start. */
const STOP_GRACE_MS = 500;
const READY_MS = 120_000;

/** One place in the pool: a child process, replaced when it dies, that does one thing at a time. */
export class SegmenterSlot {
  #child: ChildProcess | null = null;
  #busy = false;
  #processes = 0;
  #nextId = 1;
  #checks: readonly ModelCheck[] = [];
  #distrust: string | null = null;
  readonly #process = new HeldProcess();
  readonly #options: SlotOptions;

  constructor(options: SlotOptions) {
    this.#options = options;
  }

  get idle(): boolean {
    return !this.#busy;
  }

  /** How many processes took the place of its first. */
  get restarts(): number {
    return Math.max(0, this.#processes - 1);
  }

  /** What its process knows of its models since it computed their known answers last. */
  get checks(): readonly ModelCheck[] {
    return this.#checks;
  }

  /** Why no process of it may be trusted, since the known answers were computed last; null where one may. */
  get distrust(): string | null {
    return this.#distrust;
  }

  /** Stops its process, or the one that it starts next, until `goOn`; its time limits stand still meanwhile. */
  hold(): void {
    this.#process.hold();
  }

  goOn(): void {
    this.#process.goOn();
  }

  /** Resolves once the child has loaded its models and found their known answers; rejects with its reason. */
  async start(): Promise<void> {
    const { entry, threadsPerProcess: threads, modelsFolder, shadowFolder, polarity, logger } = this.#options;
    const settings = JSON.stringify({ threads, modelsFolder, shadowFolder, polarity });
    const child = forkDependent(entry, settings, { ...LEAN_MALLOC, ...process.env });
    this.#child = child;
    this.#process.watch(child);
    this.#processes += 1;
    const { processor, checks } = await this.#ready(child);
    this.#distrust = null;
    this.#checks = checks;
    logger.info({ pid: child.pid, processor, models: checks }, 'segmenter is ready');
    this.#warn();
  }

  #ready(child: ChildProcess): Promise<Extract<SegmenterReply, { kind: 'ready' }>> {
    return new Promise((resolve, reject) => {
      const refuse = (reason: string): void => {
        endPatience();
        this.#abandon(child);
        reject(new SegmenterUnavailableError(`no segmenter process: ${reason}`));
      };
      const tooLong = (): void =>
        refuse(
          `not ready within ${READY_MS / 1000} s; end what else keeps this computer busy, or lower segmenter.processes (worker.processes)`,
        );
      const endPatience = this.#process.limit(READY_MS, tooLong);
      child.once('message', (reply: SegmenterReply) => {
        if (reply.kind !== 'ready') return refuse('message' in reply ? reply.message : reply.kind);
        endPatience();
        resolve(reply);
      });
      child.on('error', (error) => refuse(error.message));
      child.once('exit', (code, signal) => {
        this.#options.logger.debug({ code, signal }, 'segmenter process ended');
        refuse(`it ended before it was ready (${endText(code, signal)})`);
      });
    });
  }

  /** The next tile gets a new process. */
  #abandon(child: ChildProcess): void {
    if (this.#child === child) this.#child = null;
    child.kill('SIGKILL');
  }

  segment(task: SegmentTask): Promise<TileResult> {
    return this.#alone(async () => {
      if (!this.#child) await this.start();
      const ask = (id: number): SegmenterRequest => ({ kind: 'segment', id, task });
      const reply = await this.#ask(this.#child!, task.path, ask);
      if (reply.kind === 'result') return reply.result;
      if (reply.kind === 'unusable')
        throw new UnusableFileError(task.path, reply.code, reply.reason, reply.mayRecover);
      if (reply.kind === 'unfit') throw new SegmenterUnavailableError(reply.message);
      throw new Error(`${task.path}: ${'message' in reply ? reply.message : reply.kind}`);
    });
  }

  /**
   * Computes the known answers again. A process that is wrong even in exact arithmetic is replaced, in case that only its
   * memory went bad; where the next is no better, tiles wait until one is. Never rejects.
   */
  check(): Promise<void> {
    return this.#alone(async () => {
      const child = this.#child;
      if (!child) return; // the next one computes them when it starts
      try {
        const reply = await this.#ask(child, 'known answers', (id) => ({ kind: 'check', id }));
        if (reply.kind !== 'checked') throw new Error('message' in reply ? reply.message : reply.kind);
        this.#checks = reply.checks;
        this.#options.logger.info({ pid: child.pid, models: reply.checks }, 'known answers computed again');
        this.#warn();
      } catch (error) {
        this.#options.logger.error({ err: messageOf(error) }, 'segmenter is replaced');
        this.#abandon(child);
        await this.start().catch((again: unknown) => {
          this.#distrust = messageOf(again);
        });
      }
    });
  }

  #warn(): void {
    for (const { model, deviation } of this.#checks) {
      if (deviation !== null) this.#options.logger.warn({ model, reason: deviation }, 'out of specification');
    }
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  #ask(
    child: ChildProcess,
    about: string,
    request: (id: number) => SegmenterRequest,
  ): Promise<SegmenterReply> {
    const id = this.#nextId++;
    let isRead = false;
    return new Promise((resolve, reject) => {
      const crash = (what: string): void =>
        settle(() => reject(new SegmenterCrashError(`${about}: ${what}`, isRead)));
      const endLimit = this.#process.limit(this.#options.timeoutMs, () => {
        this.#abandon(child);
        crash(`segmenting took over ${this.#options.timeoutMs} ms, process killed`);
      });
      const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
        crash(`segmenter process died (${endText(code, signal)})`);
      const onMessage = (reply: SegmenterReply) => {
        if (!('id' in reply) || reply.id !== id) return;
        if (reply.kind === 'read') isRead = true;
        else settle(() => resolve(reply));
      };
      const settle = (finish: () => void): void => {
        endLimit();
        child.off('exit', onExit);
        child.off('message', onMessage);
        finish();
      };
      child.on('exit', onExit);
      child.on('message', onMessage);
      child.send(request(id), (error) => {
        if (error) crash(`segmenter process is gone (${error.message})`);
      });
    });
  }

  /** Ends the child, at once where it does not by itself. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // One that is held hears of nothing.
    const graceMs = this.#process.isFrozen ? 0 : STOP_GRACE_MS;
    const patience = setTimeout(() => child.kill('SIGKILL'), graceMs);
    if (child.connected) child.disconnect();
    await ended;
    clearTimeout(patience);
  }
}

function endText(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== 'SIGILL') return signal ?? `exit code ${code}`;
  return `SIGILL: onnxruntime needs instructions that this processor has not; it is ${processorText(thisProcessor())}`;
}
