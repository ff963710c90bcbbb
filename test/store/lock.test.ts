import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore, openStoreReadOnly } from '../../src/store/database.ts';
import { lockStore } from '../../src/store/lock.ts';
import { gone } from '../support/command.ts';
import { premises } from '../support/premises.ts';

/** Another process that has the store and says so. */
async function holderOf(storeFile: string): Promise<ChildProcess> {
  const module = new URL('../../src/store/lock.ts', import.meta.url).href;
  const program = `import { lockStore } from ${JSON.stringify(module)};
    lockStore(process.argv[1]); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, storeFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout!, 'data');
  return child;
}

it('a store that another process has is refused with its id, its host and since when', async () => {
  const { storeFile } = premises();
  const before = new Date().toISOString();
  const { pid } = await holderOf(storeFile);
  const refusal = (): string => {
    try {
      lockStore(storeFile).release();
      return 'not refused';
    } catch (error) {
      return String(error);
    }
  };
  const [, since = ''] = /since (\S+Z);/.exec(refusal()) ?? [];
  expect(refusal()).toContain(
    `${storeFile}: is in use by another particled, process ${pid} on ${hostname()}, since ${since}; end that one`,
  );
  expect(since >= before && since <= new Date().toISOString()).toBe(true);
});

it('a holder that is killed (kill -9) leaves no obstacle', async () => {
  const { storeFile } = premises();
  const holder = await holderOf(storeFile);
  expect(() => lockStore(storeFile)).toThrow('is in use');
  holder.kill('SIGKILL');
  await gone(holder);
  const lock = lockStore(storeFile);
  expect(() => lockStore(storeFile)).toThrow(`process ${process.pid}`);
  lock.release();
  lockStore(storeFile).release();
});

it('a store by another name, through a symbolic link, is the same store', async () => {
  const { storeFile, folder } = premises();
  openStore(storeFile).close();
  await holderOf(storeFile);
  const link = join(folder, 'link.db');
  symlinkSync(storeFile, link);
  expect(() => lockStore(link)).toThrow('is in use');
});

it('readers of a locked store read on', async () => {
  const { storeFile } = premises();
  openStore(storeFile).close();
  await holderOf(storeFile);
  const reader = openStoreReadOnly(storeFile);
  expect(reader.tiles.countByState()).toMatchObject({ seen: 0 });
  reader.close();
});

it('of many that start at once one has the store', async () => {
  const { storeFile } = premises();
  const module = new URL('../../src/store/lock.ts', import.meta.url).href;
  const program = `import { lockStore } from ${JSON.stringify(module)};
    try { lockStore(process.argv[1]); console.log('held'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.message.includes('is in use') ? 'refused' : error.message); }`;
  const words = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, storeFile]);
      onTestFinished(() => void child.kill('SIGKILL'));
      return String((await once(child.stdout, 'data'))[0]).trim();
    }),
  );
  expect(words.toSorted()).toEqual(['held', 'refused', 'refused', 'refused', 'refused']);
});
