import { setImmediate } from 'node:timers/promises';
import { type FileState, isSameState, statesOf } from './file-state.ts';
import { inNaturalOrder } from './natural-order.ts';

interface SettlingFile {
  readonly state: FileState;
  readonly dueAtMs: number;
}

/** Announcements between two turns of the event loop. */
const ANNOUNCEMENTS_PER_TURN = 64;

/**
 * Waits for files to keep size and modification time for `stabilityMs`, then announces them: once, and again
 * only after a change. Any number of files shares one timer and costs two looks a file. What has been
 * announced is remembered also while the whole folder is away, so that a share that comes back is no news.
 */
export class SettlingFiles {
  readonly #stabilityMs: number;
  readonly #announce: (path: string) => void;
  readonly #isTaken: (state: FileState) => boolean;
  /** In order of `dueAtMs`, as every entry is added with the same delay. */
  readonly #settling = new Map<string, SettlingFile>();
  readonly #announced = new Map<string, FileState>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** @param isTaken whether a file of which something is heard is to be looked at */
  constructor(
    stabilityMs: number,
    announce: (path: string) => void,
    isTaken: (state: FileState) => boolean = () => true,
  ) {
    this.#stabilityMs = stabilityMs;
    this.#announce = announce;
    this.#isTaken = isTaken;
  }

  /** How many files were announced and have not been forgotten. */
  get announcedFiles(): number {
    return this.#announced.size;
  }

  /** Takes note of a file as it is now; true when that is news. */
  observe(path: string, state: FileState): boolean {
    const announced = this.#announced.get(path);
    const isNews = !this.#settling.has(path) && !(announced && isSameState(announced, state));
    if (isNews && !this.#closed) this.#settle(path, state);
    return isNews;
  }

  /** Takes note of a file that something happened to. A file that is settling is looked at when due. */
  async lookAt(path: string): Promise<void> {
    if (this.#settling.has(path)) return;
    const [state] = await statesOf([path]);
    if (state && this.#isTaken(state)) this.observe(path, state);
  }

  /** Files that are deleted are news when they come back. */
  forgetAllBut(paths: ReadonlySet<string>): void {
    for (const path of this.#announced.keys()) if (!paths.has(path)) this.#announced.delete(path);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#settling.clear();
  }

  #settle(path: string, state: FileState): void {
    this.#settling.set(path, { state, dueAtMs: performance.now() + this.#stabilityMs });
    this.#timer ??= setTimeout(() => this.#lookAtDue(), this.#stabilityMs);
  }

  async #lookAtDue(): Promise<void> {
    const due = this.#takeDue();
    const states = await statesOf(due.map(([path]) => path));
    const settled: { path: string; state: FileState }[] = [];
    for (const [index, [path, before]] of due.entries()) {
      const state = states[index];
      this.#settling.delete(path);
      // A file that is gone, or cannot be looked at now, is found by the next scan.
      if (!state || this.#closed) continue;
      if (isSameState(state, before.state)) settled.push({ path, state });
      // A program that copies sets the time of the original last.
      else if (this.#isTaken(state)) this.#settle(path, state);
    }
    await this.#announceAll(settled);
    this.#timer = null;
    this.#rearm();
  }

  #takeDue(): [string, SettlingFile][] {
    const now = performance.now();
    const due: [string, SettlingFile][] = [];
    for (const entry of this.#settling) {
      if (entry[1].dueAtMs > now) break;
      due.push(entry);
    }
    return due;
  }

  async #announceAll(settled: { path: string; state: FileState }[]): Promise<void> {
    for (const [index, { path, state }] of inNaturalOrder(settled, (file) => file.path).entries()) {
      if (index % ANNOUNCEMENTS_PER_TURN === ANNOUNCEMENTS_PER_TURN - 1) await setImmediate();
      if (this.#closed) return;
      const announced = this.#announced.get(path);
      this.#announced.set(path, state);
      // It may have changed and changed back.
      if (!announced || !isSameState(announced, state)) this.#announce(path);
    }
  }

  #rearm(): void {
    const [next] = this.#settling.values();
    if (!next || this.#closed) return;
    this.#timer = setTimeout(() => this.#lookAtDue(), Math.max(1, next.dueAtMs - performance.now()));
  }
}
