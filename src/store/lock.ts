import { existsSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../errors.ts';
import { keepFromOthers, makeFolder } from './rights.ts';
import { StoreError } from './store-error.ts';

/** A store that no other process writes. */
export interface StoreLock {
  readonly storeFile: string;
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

const sqliteBusy = 5;
/** Two that start at the same moment may find each other in the way; after a quarter of a second it is another. */
const ATTEMPTS = 10;

/**
 * Takes the store for this process: a file `<store>.lock` beside it, itself a small SQLite database with an open write
 * transaction. The system's file lock under it ends with the process however that ends, and holds between containers,
 * which know nothing of each other's process ids. Readers of the store never look at it.
 * @throws StoreError naming who has it and since when
 */
export function lockStore(storeFile: string): StoreLock {
  makeFolder(dirname(storeFile));
  const path = `${trueName(storeFile)}.lock`;
  const lock = open(path);
  const me: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    for (let attempt = 1; !take(lock, me); attempt++) {
      if (attempt === ATTEMPTS) throw new StoreError(takenText(storeFile, holderIn(lock)));
      pause(10 + 30 * Math.random());
    }
  } catch (error) {
    lock.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(`${path}: the store cannot be locked (${messageOf(error)}); ${ADVICE}`, {
      cause: error,
    });
  }
  return {
    storeFile,
    release() {
      if (lock.isOpen) lock.close();
    },
  };
}

/** Nothing else is under way yet: to wait costs nobody anything. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const ADVICE = 'check that its folder may be written and is on a local disk (store.file)';

/** One store by two names, as through a symbolic link, has one lock. */
function trueName(storeFile: string): string {
  if (existsSync(storeFile)) return realpathSync(storeFile);
  return join(realpathSync(dirname(storeFile)), basename(storeFile));
}

function open(path: string): DatabaseSync {
  keepFromOthers(path);
  try {
    return new DatabaseSync(path);
  } catch (error) {
    throw new StoreError(`${path}: the store cannot be locked (${messageOf(error)}); ${ADVICE}`, {
      cause: error,
    });
  }
}

/** Writes who has it for others to read, then holds the lock under which they can. */
function take(lock: DatabaseSync, me: Holder): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE');
    lock.exec(`CREATE TABLE IF NOT EXISTS holder (id INTEGER PRIMARY KEY CHECK (id = 1), who TEXT) STRICT`);
    lock.prepare('INSERT OR REPLACE INTO holder (id, who) VALUES (1, ?)').run(JSON.stringify(me));
    lock.exec('COMMIT');
    lock.exec('BEGIN IMMEDIATE');
    // Between the two transactions another may have written itself.
    const mine = JSON.stringify(holderIn(lock)) === JSON.stringify(me);
    if (!mine) lock.exec('ROLLBACK');
    return mine;
  } catch (error) {
    if (lock.isTransaction) lock.exec('ROLLBACK');
    if (isBusy(error)) return false;
    throw error;
  }
}

function holderIn(lock: DatabaseSync): Holder | null {
  try {
    const row = lock.prepare('SELECT who FROM holder').get();
    return typeof row?.who === 'string' ? (JSON.parse(row.who) as Holder) : null;
  } catch {
    return null; // not written yet, or being written
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteBusy;
}

function takenText(storeFile: string, holder: Holder | null): string {
  const who = holder
    ? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
    : 'a process that has not said its name';
  return `${storeFile}: is in use by another particled, ${who}; end that one, or give this one a store of its own (store.file)`;
}
