import { describe, expect, it } from 'vitest';
import { healthReasons } from '../../src/health/reasons.ts';

const well = { folder: 'events', polling: false, outboxDepth: 0, brokerConnected: true } as const;

describe('the reasons of poor health', () => {
  it('are none when all is well, or when listing alone was asked for', () => {
    expect(healthReasons(well)).toEqual([]);
    expect(healthReasons({ ...well, folder: 'polling', polling: true })).toEqual([]);
  });

  it.each([
    [{ folder: 'unavailable' }, /watch\.folder/],
    [{ folder: 'polling' }, /max_user_watches/],
    [{ outboxDepth: 10_001 }, /10001 messages/],
    [{ brokerConnected: false }, /mqtt\.url/],
  ] as const)('name what to look at: %j', (trouble, advice) => {
    const reasons = healthReasons({ ...well, ...trouble });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(advice);
  });
});
