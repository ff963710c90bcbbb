import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { premises } from '../support/premises.ts';

function modesIn(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]));
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

/** A process of its own: a thread cannot set its umask. */
function openedUnder(umask: string, file: string): void {
  const of = (name: string) => JSON.stringify(new URL(`../../src/store/${name}.ts`, import.meta.url).href);
  const program = `import { lockStore } from ${of('lock')}; import { openStore } from ${of('database')};
    process.umask(0o${umask}); lockStore(process.argv[1]); openStore(process.argv[1]); process.kill(process.pid, 'SIGKILL');`;
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', program, file]);
  } catch {
    // Killed, so that the files of an open database stay.
  }
}

describe('the files of a store', () => {
  it.each(['000', '022', '077'])('are for owner and group alone under the umask %s', (umask) => {
    const folder = join(premises().folder, 'deep', 'store');
    openedUnder(umask, join(folder, 'particled.db'));
    expect(modeOf(folder)).toBe('750');
    const modes = modesIn(folder);
    expect(Object.keys(modes).sort()).toEqual(
      expect.arrayContaining(['particled.db', 'particled.db-shm', 'particled.db-wal', 'particled.db.lock']),
    );
    expect(new Set(Object.values(modes))).toEqual(new Set(['640']));
  });

  it('lose rights that an earlier version left to everybody, and keep narrower ones', () => {
    const { storeFile } = premises();
    openStore(storeFile).close();
    chmodSync(storeFile, 0o666);
    openStore(storeFile).close();
    expect(modeOf(storeFile)).toBe('640');
    chmodSync(storeFile, 0o600);
    openStore(storeFile).close();
    expect(modeOf(storeFile)).toBe('600');
  });
});
