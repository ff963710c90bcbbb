import { describe, expect, it } from 'vitest';
import { healthOf } from '../../src/health/reasons.ts';

const well = {
  folder: 'events',
  polling: false,
  outboxDepth: 0,
  brokerConnected: true,
  refusals: new Map<string, string>(),
  store: null,
  troubles: [],
  deviations: [],
  distrust: [],
  notices: [],
  sessionTakenOver: false,
  lastMail: undefined,
} as const;

const mail = { localDate: '2026-11-23', attempts: 1, nextAttemptAtMs: 0 } as const;

describe('the health', () => {
  it('is normal when all is well, or when listing alone was asked for', () => {
    const normal = { state: 'normal', reasons: [] };
    expect(healthOf(well)).toEqual(normal);
    expect(healthOf({ ...well, lastMail: { ...mail, state: 'waiting', reason: null } })).toEqual(normal);
    expect(healthOf({ ...well, folder: 'polling', polling: true })).toEqual(normal);
  });

  it.each([
    ['failure', { folder: 'unavailable' }, /watch\.folder/],
    ['failure', { store: '/s.db: the database is corrupt' }, /^\/s\.db: the database is corrupt$/],
    ['failure', { troubles: ['no segmenter process: x'] }, /tiles wait: no segmenter process: x/],
    ['failure', { sessionTakenOver: true, brokerConnected: false }, /another daemon .* instrument\.name$/],
    ['failure', { distrust: ['no segmenter process: y'] }, /tiles wait: no segmenter process: y/],
    ['out-of-specification', { deviations: ['low: 7 particles of 8'] }, /low: 7 particles of 8/],
    ['maintenance-required', { folder: 'polling' }, /max_user_watches/],
    ['maintenance-required', { outboxDepth: 10_001 }, /10001 messages/],
    ['maintenance-required', { brokerConnected: false }, /mqtt\.url/],
    ['maintenance-required', { notices: ['not in force: grid.rows'] }, /not in force: grid\.rows/],
    [
      'maintenance-required',
      { refusals: new Map([['a', 'a: not authorized']]) },
      /on a: not authorized; .*access/,
    ],
    [
      'maintenance-required',
      { lastMail: { ...mail, state: 'waiting', reason: 'no route' } },
      /2026-11-23 .* tried again: no route/,
    ],
    [
      'maintenance-required',
      { lastMail: { ...mail, state: 'given-up', reason: '550' } },
      /550; .* report --date 2026-11-23 --send/,
    ],
    [
      'maintenance-required',
      { lastMail: { ...mail, state: 'sent', reason: 'b@c: 550' } },
      /did not reach everybody: b@c: 550/,
    ],
  ] as const)('is %s and says what to look at: %j', (state, trouble, advice) => {
    expect(healthOf({ ...well, ...trouble })).toEqual({ state, reasons: [expect.stringMatching(advice)] });
  });

  it('is failure when that is the worst of several, and names it first', () => {
    const { state, reasons } = healthOf({ ...well, outboxDepth: 10_001, troubles: ['the disk is full'] });
    expect(state).toBe('failure');
    expect(reasons).toEqual(['tiles wait: the disk is full', expect.stringMatching(/10001 messages/)]);
  });

  it('counts the topics that a broker refuses', () => {
    const refusals = new Map([
      ['a', 'a: no'],
      ['b', 'b: no'],
      ['c', 'c: no'],
    ]);
    expect(healthOf({ ...well, refusals }).reasons).toEqual([
      expect.stringContaining('on a: no and 2 more topics'),
    ]);
  });
});
