import { expect, it } from 'vitest';
import { chaos } from '../endurance/chaos.ts';

it('six kills of daemon, segmenters and broker at random moments break none of the three promises', async () => {
  // `npm run chaos -- --kills 200` does so for longer and with a new seed each time.
  const { broken, kills, tiles, logFile } = await chaos({ kills: 6, seed: 15 });
  expect(broken, logFile).toEqual([]);
  expect(kills.daemon + kills.segmenter + kills.broker).toBe(6);
  expect(tiles).toBeGreaterThanOrEqual(7);
}, 400_000);
