import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { openStore, type Store } from '../../src/store/database.ts';
import { lockStore } from '../../src/store/lock.ts';
import { particled } from '../support/command.ts';
import { type Premises, premises, settingsFor } from '../support/premises.ts';

function enqueued(store: Store, count: number): void {
  for (let n = 0; n < count; n++) {
    const file = { path: `/f${Math.random()}.tif`, sizeBytes: 1, modifiedAtMs: 1, code: 'flat', reason: 'r' };
    store.unusable.setAside({ ...file, mayRecover: false }, { topic: 't', retain: false, payload: { n } });
  }
}

const sequencesOf = (store: Store) => store.outbox.next(0, 100).map(({ id }) => id);

function prepared(): { place: Premises; config: string; backups: string } {
  const place = premises();
  const config = join(place.folder, 'config.yaml');
  const mqtt = { broker: 'external', username: 'u', passwordFile: join(place.folder, 'secret') } as const;
  writeFileSync(join(place.folder, 'secret'), 'hunter2');
  writeFileSync(config, stringify(settingsFor(place, { mqtt })));
  const backups = join(place.folder, 'backups');
  mkdirSync(backups);
  return { place, config, backups };
}

describe('a backup', () => {
  it('is made of a store that is being written, and restored becomes another store with a sequence above', async () => {
    const { place, config, backups } = prepared();
    const store = openStore(place.storeFile);
    enqueued(store, 3);
    store.outbox.acknowledge([1]);
    store.mails.begin('2026-03-01', 5);
    const made = await particled('backup', '--config', config, '--out', backups);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    enqueued(store, 4); // numbers 4 to 7, which the backup does not know
    store.mails.owe('2026-03-02', 6);
    const before = store.id;
    store.close();
    const [name] = readdirSync(backups);
    expect(readdirSync(backups)).toHaveLength(1);
    const file = join(backups, name!);
    expect(name).toMatch(/^particled-test-\d{8}T\d{6}Z\.backup$/);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('640');
    expect(readFileSync(file).includes('hunter2')).toBe(false);

    const told = await particled('restore', file, '--config', config);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const restored = openStore(place.storeFile);
    expect(restored.id).not.toBe(before);
    // Messages 2 and 3 waited; the next multiple of 1,000,000 above 7 is 1,000,000.
    expect(sequencesOf(restored)).toEqual([1_000_001, 1_000_002]);
    expect(restored.outbox.next(0, 1)[0]!.payload).toBe('{"n":1}');
    enqueued(restored, 1);
    expect(sequencesOf(restored).at(-1)).toBe(1_000_003);
    expect([...restored.mails.dates()].sort()).toEqual(['2026-03-01', '2026-03-02']);
    restored.close();
    const kept = readdirSync(place.folder).filter((one) => one.includes('.before-'));
    expect(kept).toHaveLength(1);
    expect(new DatabaseSync(join(place.folder, kept[0]!)).prepare('SELECT id FROM store').get()).toEqual({
      id: before,
    });
  });

  it('that is copied into place by hand becomes another store as well', async () => {
    const { place, config, backups } = prepared();
    const store = openStore(place.storeFile);
    enqueued(store, 1);
    store.close();
    const file = join(backups, 'one.backup');
    expect((await particled('backup', '--config', config, '--out', file)).code).toBe(0);
    const copied = openStore(file);
    expect(copied.id).not.toBe(store.id);
    expect(sequencesOf(copied)).toEqual([1_000_001]);
    copied.close();
    const again = openStore(file);
    expect(again.id).toBe(copied.id);
    again.close();
  });

  it('holds the configuration, which it prints', async () => {
    const { place, config, backups } = prepared();
    openStore(place.storeFile).close();
    const file = join(backups, 'one.backup');
    await particled('backup', '--config', config, '--out', file);
    const { stdout } = await particled('restore', file, '--print-config');
    expect(parse(stdout)).toMatchObject({
      instrument: { name: 'test' },
      mqtt: { username: 'u', passwordFile: join(place.folder, 'secret') },
    });
    expect(await particled('backup', '--config', config, '--out', file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/one\.backup: is there already/),
    });
  });
});

describe('a restore', () => {
  it('is refused while a daemon has the store, and where the backup is damaged or none', async () => {
    const { place, config, backups } = prepared();
    const store = openStore(place.storeFile);
    enqueued(store, 500);
    store.close();
    const file = join(backups, 'one.backup');
    await particled('backup', '--config', config, '--out', file);
    const restored = (of: string) => particled('restore', of, '--config', config);

    const lock = lockStore(place.storeFile);
    expect(await restored(file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`is in use by another particled, process ${process.pid} on`),
    });
    lock.release();

    expect((await restored(place.storeFile)).stderr).toMatch(/was not made by particled backup/);
    expect((await restored('/none')).stderr).toMatch(/\/none: is not there/);
    truncateSync(file, Math.floor(statSync(file).size / 2));
    expect(await restored(file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is no sound backup|is damaged/),
    });
    const untouched = openStore(place.storeFile);
    expect(sequencesOf(untouched)[0]).toBe(1);
    expect(untouched.id).toBe(store.id);
    untouched.close();
    expect(existsSync(`${place.storeFile}.restoring`)).toBe(false);
  });
});
