import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/schema.ts';
import { type Daemon, startDaemon } from '../daemon.ts';
import { messageOf } from '../errors.ts';
import { createLogger, type Logger } from '../logger.ts';
import { lockStore, type StoreLock } from '../store/lock.ts';

/** A daemon whose configuration can be changed while the process lives. */
export interface ReloadableDaemon {
  /** In force now. */
  readonly config: Config;
  readonly logger: Logger;
  /** False where tiles wait and nothing has gone on for too long. */
  isGoingOn(): boolean;
  /**
   * Reads the configuration again. One that holds and differs is taken over by an orderly stop and a new start inside
   * the process, which keeps its id and the store's lock; one that does not leaves all as it was, is said, and stays
   * among the health's reasons until it is mended.
   * @throws Error where the daemon could not be started again either
   */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** The new start waits for the old end no longer: a share that hangs is left to a new process. */
const STOP_WITHIN_MS = 10_000;

interface InForce {
  readonly config: Config;
  readonly logger: Logger;
  readonly daemon: Daemon;
}

/** The locks of stores that this process has, each taken once and kept over a new start. */
function createLocks(): {
  take(storeFile: string): StoreLock;
  releaseAllBut(storeFile: string | null): void;
} {
  const locks = new Map<string, StoreLock>();
  return {
    take(storeFile) {
      const lock = locks.get(storeFile) ?? lockStore(storeFile);
      locks.set(storeFile, lock);
      return lock;
    },
    releaseAllBut(storeFile) {
      for (const [file, lock] of locks) {
        if (file === storeFile) continue;
        lock.release();
        locks.delete(file);
      }
    },
  };
}

export async function startReloadable(config: Config, load: () => Config): Promise<ReloadableDaemon> {
  let refused: string | null = null;
  const notices = (): string[] => (refused === null ? [] : [refused]);
  const logger = createLogger(config.log);
  const locks = createLocks();
  const start = (of: Config, to: Logger): Promise<Daemon> =>
    startDaemon(of, to, { takeLock: () => locks.take(of.store.file), notices });
  let now: InForce = { config, logger, daemon: await start(config, logger) };
  let restarting = false;

  function refuse(error: unknown): void {
    const err = messageOf(error);
    refused = `the changed configuration is not in force: ${err.replaceAll(/\s*\n\s*/g, ' ')}; mend it and reload`;
    now.logger.error({ err }, 'the changed configuration is refused; the one before stays in force');
  }

  async function restart(next: Config, keys: readonly string[]): Promise<void> {
    const before = now;
    try {
      // Before anything has stopped: another daemon may have the new store.
      locks.take(next.store.file);
    } catch (error) {
      return refuse(error);
    }
    const nextLogger = createLogger(next.log);
    before.logger.info({ keys }, 'configuration changed; the daemon starts anew with it');
    await inTime(before.daemon.stop());
    try {
      now = { config: next, logger: nextLogger, daemon: await start(next, nextLogger) };
      refused = null;
    } catch (error) {
      refuse(error);
      now = { ...before, daemon: await start(before.config, before.logger) };
    }
    locks.releaseAllBut(now.config.store.file);
  }

  return {
    get config() {
      return now.config;
    },
    get logger() {
      return now.logger;
    },
    isGoingOn: () => restarting || now.daemon.isGoingOn(),
    async reload() {
      let next: Config;
      try {
        next = load();
      } catch (error) {
        return refuse(error);
      }
      const keys = changedKeys(now.config, next);
      if (keys.length === 0) {
        refused = null;
        now.logger.info({}, 'configuration read again; nothing has changed');
        return;
      }
      restarting = true;
      try {
        await restart(next, keys);
      } finally {
        restarting = false;
      }
    },
    async stop() {
      await now.daemon.stop();
      locks.releaseAllBut(null);
    },
  };
}

async function inTime(stopped: Promise<void>): Promise<void> {
  const late = pause(STOP_WITHIN_MS, 'late' as const, { ref: false });
  if ((await Promise.race([stopped, late])) === 'late') {
    throw new Error(`the daemon did not stop within ${STOP_WITHIN_MS / 1000} s`);
  }
}

/** `section.key` of every setting that is another now. */
function changedKeys(before: Config, next: Config): string[] {
  const flat = (config: Config): Map<string, unknown> =>
    new Map(
      Object.entries(config).flatMap(([section, settings]) =>
        Object.entries(settings).map(([key, value]) => [`${section}.${key}`, value] as const),
      ),
    );
  const values = flat(before);
  return [...flat(next)].flatMap(([key, value]) => (isDeepStrictEqual(values.get(key), value) ? [] : [key]));
}
