import { expect, it, onTestFinished } from 'vitest';
import { checkQueue } from '../../src/doctor/checks/queue.ts';
import { connectQueue } from '../../src/queue/connection.ts';
import { describeNeeding } from '../support/needs.ts';
import { until } from '../support/until.ts';
import { queueAt } from './parts.ts';
import { ofRedis, redis } from './redis.ts';

/** A server with databases 0 and 1. */
const twoDatabases = async () => (await redis(['--databases', '2'])).url;

describeNeeding(ofRedis)('a connection to the queue', () => {
  it('is to the database that the address names', async () => {
    const connection = connectQueue(queueAt(`${await twoDatabases()}/1`), 'worker.queue');
    onTestFinished(() => connection.disconnect());
    await connection.set('a', '1');
    expect(await connection.info('keyspace')).toMatch(/db1:keys=1/);
  });

  it('is to no other one where that cannot be had, says why, and is tried again', async () => {
    const connection = connectQueue(queueAt(`${await twoDatabases()}/2`), 'worker.queue');
    onTestFinished(() => connection.disconnect());
    const events: string[] = [];
    connection.on('error', ({ message }: Error) => events.push(message));
    for (const event of ['ready', 'close']) connection.on(event, () => events.push(event));
    await until('two tries', () => events.length >= 4);
    const denied = ['ERR DB index is out of range', 'close'];
    expect(events.slice(0, 4)).toEqual([...denied, ...denied]);
  });

  it('to such a database is told by the doctor with what mends it', async () => {
    const [finding] = await checkQueue(queueAt(`${await twoDatabases()}/2`), 'worker.queue', 'worker');
    expect(finding).toMatchObject({
      ...{ verdict: 'failure', found: expect.stringContaining('DB index is out of range') },
      advice: expect.stringMatching(/^correct the number of the database in worker\.queue\.url/),
    });
  });
});
