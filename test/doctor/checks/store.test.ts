import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { judgeStore, lookAtStore } from '../../../src/doctor/checks/store.ts';
import { openStore } from '../../../src/store/database.ts';
import { schemaVersion } from '../../../src/store/migrations.ts';
import { gone } from '../../support/command.ts';
import { premises } from '../../support/premises.ts';

const lookAt = (file: string) => lookAtStore(loadConfig(null, {}, { store: { file } }));

async function findings(file: string) {
  return judgeStore(await lookAt(file));
}

const FILES = ['particled.db', 'particled.db-shm', 'particled.db-wal'];
const DATABASE_URL = new URL('../../../src/store/database.ts', import.meta.url).href;

/** Another process that has made the store and keeps it open; gone after the test. */
async function holderOf(file: string): Promise<ChildProcess> {
  const program = `
    const { openStore } = await import(${JSON.stringify(DATABASE_URL)});
    const store = openStore(${JSON.stringify(file)});
    setInterval(() => store.outbox.depth(), 1000);
    console.log('open');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone(child);
  });
  await once(child.stdout, 'data');
  return child;
}

/** Names and contents of a folder. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name), 'base64')]),
  );
}

describe('the store', () => {
  it('that is not there yet is not made by looking, nor its folder', async () => {
    const { folder } = premises();
    const file = join(folder, 'state', 'deep', 'particled.db');
    expect(await findings(file)).toEqual([
      {
        check: 'store',
        verdict: 'ok',
        found: `${file}: is not there yet, the first start makes it, with its folder in ${folder}`,
        advice: null,
      },
      { check: 'daemon', verdict: 'ok', found: 'none runs on this store', advice: null },
    ]);
    expect(readdirSync(folder)).toEqual(['export']);
  });

  it('opens, and stays as it is to the last byte, without -wal and -shm files', async () => {
    const { folder, storeFile } = premises();
    openStore(storeFile).close();
    const before = contents(folder);
    expect((await findings(storeFile))[0]).toMatchObject({
      verdict: 'ok',
      found: `${storeFile}: opens, tables of version ${schemaVersion}`,
    });
    expect(contents(folder)).toEqual(before);
  });

  it('that somebody has open is attention, with the process, and is not changed either', async () => {
    const { folder, storeFile } = premises();
    const { pid } = await holderOf(storeFile);
    const [file, daemon] = await findings(storeFile);
    expect(file).toMatchObject({ verdict: 'ok', found: expect.stringContaining(`version ${schemaVersion}`) });
    expect(daemon).toMatchObject({
      verdict: 'attention',
      found: expect.stringMatching(`^process ${pid} \\(.+\\) has this store open`),
    });
    expect(readdirSync(folder).toSorted()).toEqual(['export', ...FILES]);
  });

  it('that a copier reads is not changed either', async () => {
    const { folder, storeFile } = premises();
    openStore(storeFile).close();
    const copier = openSync(storeFile, 'r');
    onTestFinished(() => closeSync(copier));
    const [file] = await findings(storeFile);
    expect(file).toMatchObject({ verdict: 'ok' });
    expect(readdirSync(folder).toSorted()).toEqual(['export', 'particled.db']);
  });

  it('of a killed program is not touched: what waits in its -wal file still waits', async () => {
    const { folder, storeFile } = premises();
    const holder = await holderOf(storeFile);
    holder.kill('SIGKILL');
    await gone(holder);
    const before = contents(folder);
    expect(Object.keys(before).toSorted()).toEqual(FILES);
    const [file, daemon] = await findings(storeFile);
    expect(file).toMatchObject({ verdict: 'ok', found: expect.stringContaining('wait in the -wal file') });
    expect(daemon).toMatchObject({ verdict: 'ok' });
    expect(contents(folder)).toEqual(before);
  });

  it('of another version is migrated at the next start, or needs a newer particled', async () => {
    const { storeFile } = premises();
    openStore(storeFile).close();
    const withVersion = (version: number): void => {
      const database = new DatabaseSync(storeFile);
      database.exec(`PRAGMA user_version = ${version}`);
      database.close();
    };
    withVersion(1);
    expect((await findings(storeFile))[0]).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining(`version 1, which the next start brings to ${schemaVersion}`),
    });
    withVersion(schemaVersion + 1);
    expect((await findings(storeFile))[0]).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining(`version ${schemaVersion + 1}, this particled knows ${schemaVersion}`),
    });
  });

  it.each<[string, (file: string) => void, RegExp]>([
    [
      "another program's database",
      (file) => new DatabaseSync(file).exec('CREATE TABLE a (b)'),
      /another program's file/,
    ],
    [
      'no database',
      (file) => writeFileSync(file, 'long enough to have a header. '.repeat(40)),
      /cannot be opened \(.*not a database/,
    ],
    ['a folder', (file) => mkdirSync(file), /is not a file/],
  ])('that is %s fails', async (_, make, found) => {
    const { storeFile } = premises();
    make(storeFile);
    expect((await findings(storeFile))[0]).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(found),
      advice: expect.stringMatching(/./),
    });
  });

  it('below a file cannot be made', async () => {
    const { folder } = premises();
    writeFileSync(join(folder, 'file'), '');
    expect((await findings(join(folder, 'file', 'particled.db')))[0]).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/file is no folder/),
    });
  });

  it('on a share, of another user, or not writable is told', async () => {
    const { storeFile } = premises();
    openStore(storeFile).close();
    const look = await lookAt(storeFile);
    const there = look.there!;
    const share = { type: 'nfs4', source: 'server:/x', mountPoint: '/' };
    expect(judgeStore({ ...look, folder: { ...look.folder, mount: share } })[0]).toMatchObject({
      verdict: 'failure',
      advice: 'put store.file on a disk of this computer',
    });
    expect(judgeStore({ ...look, there: { ...there, belongsToUser: false } })[0]).toMatchObject({
      verdict: 'attention',
    });
    expect(judgeStore({ ...look, there: { ...there, obstacle: 'EACCES' } })[0]).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('cannot be written by'),
    });
    expect(judgeStore({ ...look, there: { ...there, hasUnsaved: true } })[0]).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining('wait in the -wal file'),
    });
  });
});
