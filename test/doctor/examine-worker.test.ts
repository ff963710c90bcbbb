import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { examineWorker } from '../../src/doctor/examine-worker.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { premises, type Settings } from '../support/premises.ts';

/** No models, whose answers take a process each. */
async function findings(settings: Settings): Promise<Map<string, Finding>> {
  const { folder } = premises();
  const config = loadConfig(null, {}, { models: { folder: join(folder, 'none') }, ...settings });
  const found = new Map<string, Finding>();
  await examineWorker(config, null, (finding) => found.set(finding.check, finding));
  return found;
}

describe('what particled worker needs', () => {
  it('is told of its computer, its secrets, its queue and its models, and nothing of a daemon', async () => {
    const { folder } = premises();
    const found = await findings({ worker: { cacheFolder: folder } });
    expect([...found.keys()]).toEqual(['clock', 'memory and cores', 'cache', 'secrets', 'queue', 'models']);
    expect(found.get('queue')).toMatchObject({
      verdict: 'failure',
      found: 'worker.queue is not set',
      advice: expect.stringContaining('address of Valkey or Redis'),
    });
    expect(found.get('models')?.verdict).toBe('failure');
  });

  it("counts the worker's own processes, not the daemon's", async () => {
    const { folder } = premises();
    // 64 segmenters of 64 threads are more than any computer's cores.
    const worker = { cacheFolder: folder, processes: 64, threadsPerProcess: 64 };
    const found = await findings({ worker, segmenter: { processes: 1, threadsPerProcess: 1 } });
    expect(found.get('memory and cores')?.verdict).toBe('attention');
  });

  it('has the key of a file that cannot be read, and the queue that is away', async () => {
    const { folder } = premises();
    const queue = { url: 'redis://127.0.0.1:1', prefix: 'particled', username: 'w' };
    const none = { passwordFile: null, caFile: null, certFile: null, keyFile: null };
    const away = await findings({ worker: { cacheFolder: folder, queue: { ...queue, ...none } } });
    expect(away.get('queue')).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/^redis:\/\/127\.0\.0\.1:1: no connection \(.*ECONNREFUSED/),
      advice: expect.stringContaining('worker.queue.url'),
    });
    const passwordFile = join(folder, 'password');
    const unread = await findings({ worker: { queue: { ...queue, ...none, passwordFile } } });
    expect(unread.get('queue')?.found).toContain('worker.queue.passwordFile: cannot be read');
    writeFileSync(passwordFile, 'hidden\n', { mode: 0o644 });
    const open = await findings({ worker: { queue: { ...queue, ...none, passwordFile } } });
    expect(open.get('secrets')?.found).toContain(`${passwordFile} (worker.queue.passwordFile)`);
  });
});
