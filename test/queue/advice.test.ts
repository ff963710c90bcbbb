import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type QueueConnection, queueConnectionSchema } from '../../src/config/queue.ts';
import { checkQueue } from '../../src/doctor/checks/queue.ts';
import type { Logger } from '../../src/logger.ts';
import { queueAdvice } from '../../src/queue/advice.ts';
import { describeNeeding } from '../support/needs.ts';
import { type Premises, premises } from '../support/premises.ts';
import { type SecuredQueue, securedQueue } from '../support/secured-queue.ts';
import { until } from '../support/until.ts';
import { BUSY_MS, worker } from './parts.ts';
import { ofRedis } from './redis.ts';

type Hindrance = (queue: SecuredQueue, folder: string) => Promise<object> | object;

/** What of the settings, or at the server, keeps a worker out. */
const hindrances: readonly (readonly [what: string, advice: string, hinder: Hindrance])[] = [
  [
    'a wrong password',
    'worker.queue.passwordFile',
    (_, folder) => {
      const passwordFile = join(folder, 'wrong');
      writeFileSync(passwordFile, 'wrong\n');
      return { passwordFile };
    },
  ],
  ['a certificate that it does not trust', 'worker.queue.caFile', () => ({ caFile: null })],
  [
    'a command that it may not send',
    'users.acl',
    async ({ inspector }) => {
      await inspector.call('ACL', 'SETUSER', 'particled-worker', '-bzpopmin');
      return {};
    },
  ],
];

/** What a worker with these settings advises in its log. */
async function loggedAdvice(place: Premises, queue: QueueConnection): Promise<string> {
  const said: string[] = [];
  const warn: Logger['warn'] = (facts) => {
    if ('advice' in facts) said.push(String(facts.advice));
  };
  const logger: Logger = { debug() {}, info() {}, warn, error() {} };
  await worker(place, queue.url, { queue, graceMs: 0, logger });
  await until('advice', () => said.length > 0);
  return said[0]!;
}

describeNeeding(ofRedis)('a worker', () => {
  it.each(hindrances)(
    'that is kept out by %s says in its log what the doctor advises',
    async (_, part, hinder) => {
      const place = premises();
      const queue = await securedQueue(place.folder);
      const changes = await hinder(queue, place.folder);
      const settings = queueConnectionSchema.parse({ ...queue.worker, ...changes });
      const found = await checkQueue(settings, 'worker.queue', 'worker');
      const failed = found.flatMap((finding) => (finding.verdict === 'failure' ? [finding.advice] : []));
      expect(failed).toEqual([expect.stringContaining(part)]);
      expect(await loggedAdvice(place, settings)).toBe(failed[0]);
    },
    BUSY_MS,
  );
});

it('a connection that was there before is no matter of redis:// or rediss:// when it closes', () => {
  expect(queueAdvice('Connection is closed.', 'worker.queue')).toMatch(/^rediss:/);
  expect(queueAdvice('Connection is closed.', 'worker.queue', true)).toMatch(/^start the server/);
  // A server's own words for an account that may not, and for a full memory.
  expect(queueAdvice('NOPERM No permissions to access a channel', 'worker.queue', true)).toContain(
    'users.acl',
  );
  expect(queueAdvice("OOM command not allowed when used memory > 'maxmemory'.", 'worker.queue')).toMatch(
    /^raise maxmemory/,
  );
});
