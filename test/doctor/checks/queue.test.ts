import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { queueConnectionSchema } from '../../../src/config/queue.ts';
import { checkQueue, judgeServer } from '../../../src/doctor/checks/queue.ts';
import { commandsOf, type QueueEnd } from '../../../src/queue/access.ts';
import { worker } from '../../queue/parts.ts';
import { ofRedis, redis } from '../../queue/redis.ts';
import { describeNeeding } from '../../support/needs.ts';
import { premises } from '../../support/premises.ts';
import { queueExample, securedQueue } from '../../support/secured-queue.ts';

const asDaemon = (settings: object) =>
  checkQueue(queueConnectionSchema.parse(settings), 'segmenter.queue', 'daemon');
const asWorker = (settings: object) =>
  checkQueue(queueConnectionSchema.parse(settings), 'worker.queue', 'worker');

describeNeeding(ofRedis)('the queue', () => {
  it('is well with the shipped configuration and access list, for a daemon and a worker', async () => {
    const queue = await securedQueue(premises().folder);
    const [server, rights, memory, restart, workers] = await asDaemon(queue.daemon);
    expect(server).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(`^${queue.url}: connected, (Redis|Valkey) \\d`),
    });
    expect(rights).toMatchObject({
      verdict: 'ok',
      found: 'the user particled may do all that a daemon does',
    });
    expect(memory).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/of 1\.1 GB used, .*noeviction$/),
    });
    expect(restart).toMatchObject({ found: expect.stringContaining('appendonly yes') });
    expect(workers).toMatchObject({
      verdict: 'attention',
      advice: expect.stringContaining('particled worker'),
    });
    const ofWorker = await asWorker(queue.worker);
    expect(ofWorker.map(({ check, verdict }) => `${check}: ${verdict}`)).toEqual([
      ...['queue: ok', 'queue, rights: ok', 'queue, memory: ok', 'queue, restart: ok', 'queue, workers: ok'],
    ]);
    expect(await queue.inspector.keys('*')).toEqual([]);
  });

  it('fails by what each of a wrong password, authority, name and protocol needs', async () => {
    const { folder } = premises();
    const queue = await securedQueue(folder);
    const wrong = join(folder, 'wrong');
    writeFileSync(wrong, 'wrong\n');
    expect(await asWorker({ ...queue.worker, passwordFile: wrong })).toEqual([
      {
        ...{ check: 'queue', verdict: 'failure' },
        found: expect.stringMatching(/no connection \(.*WRONGPASS/),
        advice: expect.stringContaining('worker.queue.passwordFile'),
      },
    ]);
    const [untrusted] = await asWorker({ ...queue.worker, caFile: null });
    expect(untrusted).toMatchObject({
      found: expect.stringMatching(/certificate/),
      advice: expect.stringContaining('worker.queue.caFile'),
    });
    const [misnamed] = await asWorker({ ...queue.worker, url: queue.url.replace('127.0.0.1', 'localhost') });
    expect(misnamed).toMatchObject({
      verdict: 'failure',
      advice: expect.stringContaining('the name that it holds'),
    });
    const plain = await redis();
    const [unencrypted] = await asWorker({ url: plain.url.replace('redis:', 'rediss:') });
    expect(unencrypted).toMatchObject({ verdict: 'failure', advice: expect.stringContaining('TLS') });
    await plain.kill();
    const [away] = await asDaemon({ url: plain.url });
    expect(away).toMatchObject({
      found: expect.stringContaining('ECONNREFUSED'),
      advice: expect.stringContaining('start the server'),
    });
    const [unread] = await asDaemon({ ...queue.daemon, passwordFile: join(folder, 'none') });
    expect(unread).toMatchObject({
      found: expect.stringContaining('segmenter.queue.passwordFile: cannot be read'),
    });
  });

  it("names each command that the user may not send, as a daemon's with a worker's password", async () => {
    const queue = await securedQueue(premises().folder);
    const [rights] = await asDaemon(queue.worker);
    expect(rights).toMatchObject({
      ...{ check: 'queue, rights', verdict: 'failure' },
      found: expect.stringMatching(
        /^the user particled-worker may not send: lindex particled:tiles:doctor 0, /,
      ),
      advice: expect.stringContaining('users.acl'),
    });
    // Another prefix is another's.
    const [elsewhere] = await asDaemon({ ...queue.daemon, prefix: 'other' });
    expect(elsewhere?.found).toContain('other:tiles:doctor');
  });

  it('is looked at where it evicts, has no limit, forgets, and has a worker', async () => {
    const evicting = await redis(['--maxmemory-policy', 'allkeys-lru', '--maxmemory', '100mb']);
    expect((await asDaemon({ url: evicting.url }))[2]).toMatchObject({
      verdict: 'attention',
      advice: 'set maxmemory-policy noeviction at the server',
    });
    const endless = await redis();
    await worker(premises(), endless.url, { name: 'bench-1' });
    const [, , memory, restart, workers] = await asDaemon({ url: endless.url });
    expect(memory).toMatchObject({ verdict: 'attention', advice: expect.stringContaining('maxmemory') });
    expect(restart?.found).toContain('appendonly no');
    await expect
      .poll(async () => (await asDaemon({ url: endless.url }))[4]?.found, { timeout: 20_000 })
      .toBe('1 worker of this version (bench-1)');
    expect(workers?.check).toBe('queue, workers');
  });
});

it.each([
  ['Redis', '6.0.16', 'failure', 'older than 6.2'],
  ['Redis', '6.2.14', 'attention', 'does not start with examples/queue/users.acl'],
  ['Redis', '7.0.15', 'ok', 'connected'],
  ['Valkey', '8.1.1', 'ok', 'connected'],
])('takes %s %s for %s', (name, version, verdict, found) => {
  const judged = judgeServer({ name, version }, 'redis://queue');
  expect(judged).toMatchObject({ verdict, found: expect.stringContaining(found) });
  expect(judged.advice).toBe(verdict === 'ok' ? null : 'install Valkey, or Redis 7 or later');
});

it.each<[QueueEnd, string]>([
  ['daemon', 'particled'],
  ['worker', 'particled-worker'],
])('lets a %s do in the shipped access list what the doctor tries, and nothing else', (end, user) => {
  const line = readFileSync(join(queueExample, 'users.acl'), 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`user ${user} `));
  const allowed = line?.match(/(?<= \+)\S+/g) ?? [];
  const sent = commandsOf(end, 'particled').map(([name = '', sub]) =>
    name === 'client' ? `${name}|${sub}` : name,
  );
  expect(allowed.toSorted()).toEqual([...new Set(sent)].toSorted());
});
