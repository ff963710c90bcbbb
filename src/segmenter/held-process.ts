import type { ChildProcess } from 'node:child_process';
import { freeze, thaw } from '../dependent-process.ts';

/** How often it is tried again to stop a process that has just begun. */
const YOUNG_MS = 20;

/**
 * The process of a segmenter, as long as nothing more important computes: held, it computes nothing, and the time limit of
 * what it does stands still.
 */
export class HeldProcess {
  #child: ChildProcess | null = null;
  #limit: TimeLimit | null = null;
  #isHeld = false;
  #isFrozen = false;
  #retry: NodeJS.Timeout | undefined;

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** From now on it is this process that is held. */
  watch(child: ChildProcess): void {
    this.#child = child;
    this.#isFrozen = false;
    child.once('exit', () => {
      if (this.#child === child) this.#isFrozen = false;
    });
    this.#freeze();
  }

  /**
   * Limits what the process does next, one thing at a time.
   * @returns what ends the limit
   */
  limit(ms: number, onOver: () => void): () => void {
    const limit = new TimeLimit(ms, onOver);
    this.#limit = limit;
    if (!this.#isFrozen) limit.goOn();
    return () => {
      limit.stop();
      if (this.#limit === limit) this.#limit = null;
    };
  }

  hold(): void {
    this.#isHeld = true;
    this.#freeze();
  }

  goOn(): void {
    this.#isHeld = false;
    clearTimeout(this.#retry);
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    if (this.#child) thaw(this.#child);
    this.#limit?.goOn();
  }

  #freeze(): void {
    clearTimeout(this.#retry);
    if (!this.#isHeld || this.#isFrozen || !this.#child) return;
    const outcome = freeze(this.#child);
    if (outcome === 'too-young') this.#retry = setTimeout(() => this.#freeze(), YOUNG_MS);
    if (outcome !== 'frozen') return;
    this.#isFrozen = true;
    this.#limit?.stop();
  }
}

/** Counts while it goes on. */
class TimeLimit {
  #leftMs: number;
  #sinceMs = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #onOver: () => void;

  constructor(ms: number, onOver: () => void) {
    this.#leftMs = ms;
    this.#onOver = onOver;
  }

  goOn(): void {
    this.stop();
    this.#sinceMs = performance.now();
    this.#timer = setTimeout(this.#onOver, this.#leftMs);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#sinceMs));
  }
}
