import { expect, it } from 'vitest';
import { queueChaos } from '../endurance/queue-chaos.ts';
import { ofRedis } from '../queue/redis.ts';
import { describeNeeding } from '../support/needs.ts';

describeNeeding(ofRedis)('eight kills of two daemons, three workers and the queue at random moments', () => {
  it('lose none of 32 tiles and count none twice', async () => {
    // `npm run chaos -- --queue` does so with 100 kills over 400 tiles, and a new seed each time.
    const { broken, kills, answered, particles, folder } = await queueChaos({ kills: 8, tiles: 32, seed: 4 });
    expect(broken, folder).toEqual([]);
    expect(kills.daemon + kills.worker + kills.queue).toBe(8);
    expect(Math.min(kills.daemon, kills.worker, kills.queue)).toBeGreaterThan(0);
    expect(answered.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(particles).toBeGreaterThan(32);
  }, 600_000);
});
