import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { holdersOf, lockingPids } from '../../src/doctor/holders.ts';
import { premises } from '../support/premises.ts';

describe('who has a database open', () => {
  it('is read from the locks of the kernel by device and inode, each process once', () => {
    const locks = [
      '1: POSIX  ADVISORY  READ 17969 fe:00:2290571 128 128',
      '2: POSIX  ADVISORY  READ 17969 fe:00:2290569 1073741826 1073742335',
      '3: POSIX  ADVISORY  READ 17970 fe:00:2290569 1073741826 1073742335',
      '3: -> POSIX  ADVISORY  WRITE 17970 fe:00:2290569 1073741824 1073741824',
      '4: POSIX  ADVISORY  READ 17971 fe:01:2290569 1073741826 1073742335',
      '5: FLOCK  ADVISORY  WRITE 17972 103:02:7 0 EOF',
    ].join('\n');
    // 0xfe00 is major 254, minor 0.
    expect(lockingPids(locks, 0xfe00, 2290569)).toEqual([17969, 17970]);
    expect(lockingPids(locks, 0xfe01, 2290569)).toEqual([17971]);
    // Major 259 does not fit into eight bits: makedev(259, 2) = 259 << 8 | 2.
    expect(lockingPids(locks, (259 << 8) | 2, 7)).toEqual([17972]);
    expect(lockingPids(locks, 0xfe00, 1)).toEqual([]);
  });

  it('tells of a database that is open in WAL mode, and no more once it is closed', () => {
    const { storeFile } = premises();
    const database = new DatabaseSync(storeFile);
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b)');
    expect(statSync(storeFile).isFile()).toBe(true);
    expect(holdersOf(storeFile)).toEqual([{ pid: process.pid, command: expect.stringContaining('node') }]);
    database.close();
    expect(holdersOf(storeFile)).toEqual([]);
  });

  it('is told of a process that has it open without a lock, as where locks go by another device', () => {
    const { storeFile } = premises();
    const file = openSync(storeFile, 'w');
    try {
      expect(holdersOf(storeFile)).toMatchObject([{ pid: process.pid }]);
    } finally {
      closeSync(file);
    }
    expect(holdersOf(storeFile)).toEqual([]);
  });

  it('is nobody where there is no file', () => {
    expect(holdersOf('/nowhere/store.db')).toEqual([]);
  });
});
