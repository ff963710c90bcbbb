import type { ChildProcess } from 'node:child_process';
import { forkDependent } from '../dependent-process.ts';
import { UnusableFileError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { moduleUrl } from '../module-url.ts';
import { type FolderCondition, isListed } from './folder-condition.ts';
import type { ShareCall, ShareCalls, ShareReply, ShareRequest, ShareSettings } from './share-channel.ts';
import { FolderAwayError, type TileFiles } from './tile-files.ts';

/** The export folder as the daemon knows it: watched and read by a process of its own, which may hang. */
export interface Share extends TileFiles {
  /** Resolves once the folder is there, or does not answer. @throws Error with what to do where it is no folder */
  there(): Promise<void>;
  /**
   * Announces finished files from now on; resolves once the folder was looked through, or does not answer.
   * @param knownFiles those known of it from before: an empty folder is strange then
   */
  watch(listener: ShareListener, knownFiles: number): Promise<void>;
  condition(): ShareCondition;
  /** For how long no call on it has returned. */
  silentForMs(): number;
  /** Never waits for calls that hang. */
  close(): Promise<void>;
}

export interface ShareListener {
  finished(path: string): void;
  /** All files now that no program can open, since their names are not UTF-8. */
  misnamed(paths: readonly string[]): void;
}

/** `silent` while calls on the folder do not return. */
export type ShareCondition = FolderCondition | 'silent';

export interface ShareOptions extends Omit<ShareSettings, 'probeIntervalMs'> {
  /** Without an answer for so long the folder counts as silent. */
  readonly answerTimeoutMs: number;
  readonly logger: Logger;
}

/** Silent for so many times its limit, the process is replaced: its calls may belong to a mount that is gone. */
const REPLACED_AFTER_LIMITS = 3;
/** A process whose calls hang may not even end by SIGKILL. */
const MOST_LEFT_BEHIND = 4;
const PROBES_A_LIMIT = 5;

export function startShare(options: ShareOptions): Share {
  return new SharedFolder(options);
}

interface Pending {
  readonly resolve: (given: unknown) => void;
  readonly reject: (error: Error) => void;
}

class SharedFolder implements Share {
  readonly isWatched = true;
  readonly #options: ShareOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #leftBehind = new Set<ChildProcess>();
  readonly #there = Promise.withResolvers<void>();
  readonly #timer: NodeJS.Timeout;
  #child: ChildProcess;
  #listener: ShareListener | null = null;
  #condition: FolderCondition | null = null;
  #knownFiles = 0;
  #nextId = 1;
  #answeredAtMs = performance.now();
  #bornAtMs = performance.now();
  #awayAtMs = Number.NEGATIVE_INFINITY;
  #isSilent = false;
  #closed = false;

  constructor(options: ShareOptions) {
    this.#options = options;
    this.#there.promise.catch(() => {}); // told to whoever asks
    this.#child = this.#fork();
    this.#timer = setInterval(() => this.#look(), Math.min(1000, options.answerTimeoutMs / 2)).unref();
  }

  there(): Promise<void> {
    return this.#orSilent(this.#there.promise);
  }

  watch(listener: ShareListener, knownFiles: number): Promise<void> {
    this.#listener = listener;
    this.#knownFiles = knownFiles;
    return this.#orSilent(this.#call('watch', { knownFiles }));
  }

  condition(): ShareCondition {
    if (this.#isSilent) return 'silent';
    return this.#condition ?? 'events';
  }

  silentForMs(): number {
    return performance.now() - this.#answeredAtMs;
  }

  isThere(): boolean {
    const condition = this.condition();
    return condition === 'emptied' || (condition !== 'silent' && isListed(condition));
  }

  wasAwaySince(ms: number): boolean {
    return !this.isThere() || this.#awayAtMs >= ms;
  }

  isStill: TileFiles['isStill'] = (known, path) => this.#call('isStill', { known, path });
  read: TileFiles['read'] = (path) => this.#call('read', path);
  twinOf: TileFiles['twinOf'] = (path) => this.#call('twinOf', path);
  states: TileFiles['states'] = (paths) => this.#call('states', paths);
  contentHash: TileFiles['contentHash'] = (path) => this.#call('contentHash', path);
  areInverse: TileFiles['areInverse'] = (one, other) => this.#call('areInverse', [one, other]);
  gone: TileFiles['gone'] = (paths) => this.#call('gone', paths);

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#abandon(this.#child);
  }

  /** Whoever waits for a first answer is not held up by a folder that gives none. */
  async #orSilent(answer: Promise<unknown>): Promise<void> {
    const silence = Promise.withResolvers<void>();
    const look = setInterval(() => {
      if (this.#isSilent || this.#closed) silence.resolve();
    }, 100);
    try {
      await Promise.race([answer, silence.promise]);
    } catch (error) {
      if (!(error instanceof FolderAwayError)) throw error;
    } finally {
      clearInterval(look);
    }
  }

  #fork(): ChildProcess {
    const { answerTimeoutMs, logger: _, ...settings } = this.#options;
    const asked: ShareSettings = { ...settings, probeIntervalMs: answerTimeoutMs / PROBES_A_LIMIT };
    const child = forkDependent(moduleUrl('./share-process', import.meta.url), JSON.stringify(asked));
    child.on('message', (reply: ShareReply) => this.#hear(child, reply));
    child.on('error', () => {}); // it exits as well, or is found silent
    child.once('exit', (code, signal) => this.#ended(child, signal ?? `exit code ${code}`));
    return child;
  }

  #ended(child: ChildProcess, how: string): void {
    this.#leftBehind.delete(child);
    if (this.#closed || child !== this.#child) return;
    this.#options.logger.warn(
      { how },
      'the process that reads the export folder has ended; another one takes over',
    );
    this.#replace();
  }

  #hear(child: ChildProcess, reply: ShareReply): void {
    if (child !== this.#child || this.#closed) return;
    // Its log lines say nothing of the folder; all else follows a call that has returned.
    if (reply.kind === 'log') {
      this.#options.logger[reply.level](reply.facts, reply.message);
      return;
    }
    this.#answered();
    if (reply.kind === 'there') this.#there.resolve();
    else if (reply.kind === 'refused') this.#there.reject(new Error(reply.message));
    else if (reply.kind === 'finished') this.#listener?.finished(reply.path);
    else if (reply.kind === 'misnamed') this.#listener?.misnamed(reply.paths);
    else if (reply.kind === 'answers') {
      this.#condition = reply.condition;
      if (!this.isThere()) this.#awayAtMs = performance.now();
    } else this.#settle(reply);
  }

  #settle(reply: Extract<ShareReply, { id: number }>): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.kind === 'given') pending?.resolve(reply.given);
    else if (reply.kind === 'failed') pending?.reject(new Error(reply.message));
    else {
      const { path, code, reason, mayRecover } = reply.fault;
      pending?.reject(new UnusableFileError(path, code, reason, mayRecover));
    }
  }

  #answered(): void {
    const silentForS = Math.round(this.silentForMs() / 1000);
    this.#answeredAtMs = performance.now();
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#awayAtMs = performance.now();
    this.#options.logger.info(
      { folder: this.#options.folder, silentForS },
      'the export folder answers again',
    );
  }

  #look(): void {
    const { folder, answerTimeoutMs, logger } = this.#options;
    const silentForMs = this.silentForMs();
    if (silentForMs < answerTimeoutMs) return;
    if (!this.#isSilent) {
      logger.error(
        { folder, limitS: answerTimeoutMs / 1000 },
        'the export folder does not answer: calls on it do not return; check its share and server. All else goes on',
      );
    }
    this.#isSilent = true;
    const isOld = performance.now() - this.#bornAtMs >= REPLACED_AFTER_LIMITS * answerTimeoutMs;
    if (isOld && this.#leftBehind.size < MOST_LEFT_BEHIND) this.#replace();
  }

  #replace(): void {
    this.#abandon(this.#child);
    this.#bornAtMs = performance.now();
    this.#child = this.#fork();
    // Who listened before hears of all files again, and knows those that are no news.
    if (this.#listener) void this.#call('watch', { knownFiles: this.#knownFiles }).catch(() => {});
  }

  #abandon(child: ChildProcess): void {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (!hasEnded) this.#leftBehind.add(child);
    child.kill('SIGKILL');
    if (child.connected) child.disconnect();
    child.unref();
    const { folder } = this.#options;
    for (const { reject } of this.#pending.values())
      reject(
        new FolderAwayError(`the export folder ${folder} does not answer; check its share (watch.folder)`),
      );
    this.#pending.clear();
  }

  #call<Call extends ShareCall>(
    call: Call,
    asked: ShareCalls[Call]['asked'],
  ): Promise<ShareCalls[Call]['given']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new FolderAwayError('the export folder is read no more'));
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject });
      this.#child.send({ id, call, asked } as ShareRequest, () => {}); // one that is gone is replaced
    });
  }
}
