import { expect, it, onTestFinished, vi } from 'vitest';
import { createKeptAnswers } from '../../../src/dashboard/shown/kept-answers.ts';
import { openStore } from '../../../src/store/database.ts';
import { premises } from '../../support/premises.ts';
import { stored } from '../../support/stored.ts';

it('are made once for all who ask, and anew once the daemon has written anything', () => {
  const { storeFile } = premises();
  const daemon = openStore(storeFile);
  onTestFinished(() => daemon.close());
  const kept = createKeptAnswers<string>(stored(storeFile));
  const make = vi.fn(() => `made ${make.mock.calls.length}`);
  expect([kept('A', make), kept('A', make), kept('B', make)]).toEqual(['made 1', 'made 1', 'made 2']);
  daemon.files.put({ path: '/a.tiff', sizeBytes: 1, modifiedAtMs: 1, changedAtMs: 1, contentHash: 'a' });
  expect(kept('A', make)).toBe('made 3');
});

it('are not kept where they could not be made', async () => {
  const { storeFile } = premises();
  openStore(storeFile).close();
  const kept = createKeptAnswers<Promise<Buffer>>(stored(storeFile));
  const picture = Buffer.from('picture');
  await expect(kept('A', () => Promise.reject(new Error('the share is away')))).rejects.toThrow('away');
  expect(await kept('A', () => Promise.resolve(picture))).toBe(picture);
});
