import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exposedSecrets } from '../../src/config/exposed-secrets.ts';
import { loadConfig } from '../../src/config/load.ts';
import { requireReferredFiles } from '../../src/config/referred-files.ts';
import { premises } from '../support/premises.ts';

const configured = (queue: unknown) => loadConfig(null, {}, { segmenter: { queue } });

describe('a queue of workers in the configuration', () => {
  it('is none by default, and may be an address alone', () => {
    expect(loadConfig(null, {}).segmenter.queue).toBeNull();
    expect(configured('rediss://queue.lab:6379').segmenter.queue).toMatchObject({
      ...{ url: 'rediss://queue.lab:6379', prefix: 'particled', window: 8, localAfterS: 60 },
      ...{ username: null, sharedFolder: null },
    });
    expect(configured({ url: 'redis://queue.lab', window: 3 }).segmenter.queue?.window).toBe(3);
  });

  it('may come from a variable of the environment, at daemons and at workers', () => {
    const { segmenter, worker } = loadConfig(null, {
      PARTICLED_SEGMENTER_QUEUE: 'redis://queue.lab',
      PARTICLED_WORKER_QUEUE: '{url: redis://queue.lab, username: lab}',
    });
    expect(segmenter.queue?.url).toBe('redis://queue.lab');
    expect(worker.queue?.username).toBe('lab');
  });

  it('with a password in its address is refused without showing it', () => {
    const refused = () => configured('rediss://lab:hidden@queue.lab:6379');
    expect(refused).toThrow(/segmenter.queue.url: rediss:\/\/\.\.\.@queue.lab:6379 .*passwordFile/);
    expect(refused).not.toThrow('hidden');
  });

  it.each([
    ['http://lab:hidden@queue.lab', 'http://...@queue.lab'],
    ['redis://lab:hid/den@queue.lab', 'redis://...@queue.lab'],
    ['redis://queue.lab:99999?password=hidden', 'redis://queue.lab:99999?...'],
  ])('whose address %j cannot be one shows no password either, given alone or by its key', (url, shown) => {
    for (const queue of [url, { url }]) {
      expect(() => configured(queue)).toThrow(`segmenter.queue.url: "${shown}" is refused: must `);
      expect(() => configured(queue)).not.toThrow(/hidden|hid\/den/);
    }
  });

  it.each([
    'redis:///tmp/redis.sock',
    'redis://queue.lab/abc',
    'redis://queue.lab/1/2',
    'redis://queue.lab/-1',
  ])('has no address %j, which would be another database, or on this computer', (url) =>
    expect(() => configured(url)).toThrow('with /1 after it for another database than 0'),
  );

  it.each(['redis://[::1]:7000', 'rediss://queue.lab/1', 'redis://queue.lab/'])(
    'may have the address %j',
    (url) => expect(configured(url).segmenter.queue?.url).toBe(url),
  );

  it('given as an address alone is added to by flags', () => {
    const { folder } = premises();
    const file = join(folder, 'worker.yaml');
    writeFileSync(file, 'worker: { queue: rediss://queue.lab }');
    const { queue } = loadConfig(file, {}, { worker: { queue: { username: 'lab' } } }).worker;
    expect(queue).toMatchObject({ url: 'rediss://queue.lab', username: 'lab' });
    const other = loadConfig(file, {}, { worker: { queue: { url: 'redis://other' } } }).worker;
    expect(other.queue?.url).toBe('redis://other');
  });

  it('is refused with what its keys say against one another', () => {
    expect(() => configured({ url: 'redis://queue.lab', caFile: '/etc/ca.pem' })).toThrow(
      'segmenter.queue.caFile: is set but segmenter.queue.url (redis://queue.lab) is not rediss://',
    );
    expect(() => configured({ url: 'rediss://queue.lab', certFile: '/etc/own.pem' })).toThrow(
      'segmenter.queue.certFile, segmenter.queue.keyFile: one is set and the other is not',
    );
    expect(() => configured('http://queue.lab')).toThrow('must start with redis:// or rediss://');
    expect(() => configured({ url: 'redis://queue.lab', window: 257 })).toThrow('257');
  });

  it('names files that are read before the daemon starts, and are not to be open to everybody', () => {
    const { folder } = premises();
    const passwordFile = join(folder, 'password');
    const config = configured({ url: 'redis://queue.lab', passwordFile });
    expect(() => requireReferredFiles(config)).toThrow('segmenter.queue.passwordFile: cannot be read');
    writeFileSync(passwordFile, 'hidden\n', { mode: 0o644 });
    expect(() => requireReferredFiles(config)).not.toThrow();
    expect(exposedSecrets(config, null).map(({ key }) => key)).toEqual(['segmenter.queue.passwordFile']);
  });
});
