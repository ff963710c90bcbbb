import { describe, expect, it } from 'vitest';
import { healthReasons } from '../../src/health/reasons.ts';

const well = {
  folder: 'events',
  polling: false,
  outboxDepth: 0,
  brokerConnected: true,
  lastMail: undefined,
} as const;

const mail = { localDate: '2026-11-23', attempts: 1, nextAttemptAtMs: 0 } as const;

describe('the reasons of poor health', () => {
  it('are none when all is well, or when listing alone was asked for', () => {
    expect(healthReasons(well)).toEqual([]);
    expect(healthReasons({ ...well, lastMail: { ...mail, state: 'waiting', reason: null } })).toEqual([]);
    expect(healthReasons({ ...well, folder: 'polling', polling: true })).toEqual([]);
  });

  it.each([
    [{ folder: 'unavailable' }, /watch\.folder/],
    [{ folder: 'polling' }, /max_user_watches/],
    [{ outboxDepth: 10_001 }, /10001 messages/],
    [{ brokerConnected: false }, /mqtt\.url/],
    [{ lastMail: { ...mail, state: 'waiting', reason: 'no route' } }, /2026-11-23 .* tried again: no route/],
    [{ lastMail: { ...mail, state: 'given-up', reason: '550' } }, /550; .* report --date 2026-11-23 --send/],
    [{ lastMail: { ...mail, state: 'sent', reason: 'b@c: 550' } }, /did not reach everybody: b@c: 550/],
  ] as const)('name what to look at: %j', (trouble, advice) => {
    const reasons = healthReasons({ ...well, ...trouble });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(advice);
  });
});
