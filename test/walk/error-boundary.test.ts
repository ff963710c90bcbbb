import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SegmenterUnavailableError } from '../../src/segmenter/channel.ts';
import { createErrorBoundary } from '../../src/walk/error-boundary.ts';
import { recorder } from '../publish/sending.ts';

/** A real database that is full: no page more than it has. */
function fullDatabase() {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  database.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL); PRAGMA max_page_count = 1');
  return {
    write: () => database.exec(`INSERT INTO notes (text) VALUES ('${'x'.repeat(10_000)}')`),
    writeWrongly: () => database.exec('INSERT INTO notes (text) VALUES (NULL)'),
    makeRoom: () => database.exec('PRAGMA max_page_count = 1000'),
    count: () => database.prepare('SELECT count(*) AS notes FROM notes').get()?.notes,
  };
}

describe('a step that must be done', () => {
  it('is done again until the disk has room, said once, and done once', async () => {
    const database = fullDatabase();
    const log = recorder();
    let tries = 0;
    const boundary = createErrorBoundary(log, () => false);
    const done = boundary.persistently(() => {
      tries += 1;
      if (tries === 2) database.makeRoom();
      database.write();
    });
    expect(boundary.troubles()).toEqual(['database or disk is full']);
    await done;
    expect(boundary.troubles()).toEqual([]);
    expect(tries).toBe(2);
    expect(database.count()).toBe(1);
    expect(log.lines).toMatchObject([{ level: 'error', facts: { err: 'database or disk is full' } }]);
  });

  it('is left for the next start when the daemon ends', async () => {
    const database = fullDatabase();
    const boundary = createErrorBoundary(recorder(), () => true);
    await boundary.persistently(database.write);
    expect(database.count()).toBe(0);
  });

  it('fails at once for what waiting cannot mend', async () => {
    const database = fullDatabase();
    const boundary = createErrorBoundary(recorder(), () => false);
    await expect(boundary.persistently(database.writeWrongly)).rejects.toThrow('NOT NULL constraint failed');
    const broken = (): never => {
      throw new TypeError('no such thing');
    };
    await expect(boundary.persistently(broken)).rejects.toThrow('no such thing');
  });
});

describe('a segmenter that cannot be had', () => {
  it('is a trouble until one answers, whatever else goes well', async () => {
    const boundary = createErrorBoundary(recorder(), () => true);
    await boundary.sayAndPause(new SegmenterUnavailableError('no segmenter process'));
    await boundary.persistently(() => {});
    expect(boundary.troubles()).toEqual(['no segmenter process']);
    boundary.segmenterWorks();
    expect(boundary.troubles()).toEqual([]);
  });
});

describe('a step that comes again by itself', () => {
  it('never throws, and the same trouble is said once', () => {
    const database = fullDatabase();
    const log = recorder();
    const { guarded } = createErrorBoundary(log, () => false);
    guarded(database.write);
    guarded(database.write);
    guarded(database.writeWrongly);
    expect(log.lines.map(({ facts }) => facts)).toEqual([
      { err: 'database or disk is full' },
      { err: expect.stringContaining('NOT NULL') },
    ]);
  });
});
