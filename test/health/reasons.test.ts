import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/health/condition.ts';
import { healthOf } from '../../src/health/reasons.ts';
import { createSinces } from '../../src/health/since.ts';

const well = {
  starting: false,
  folder: 'events',
  silentForS: 0,
  answerTimeoutS: 20,
  polling: false,
  filesAwaited: [],
  unusable: [],
  unusableMax: 20,
  tileWaitsMinutes: 0,
  tileWaitMaxMinutes: 120,
  outboxDepth: 0,
  brokerConnected: true,
  brokerFault: null,
  brokerShortcomings: [],
  refusals: new Map<string, string>(),
  store: null,
  troubles: [],
  summaryTrouble: null,
  checking: false,
  deviations: [],
  uncertainDrift: null,
  focusDrift: null,
  distrust: [],
  notices: [],
  sessionTakenOver: false,
  lastMail: undefined,
} as const;

const mail = { localDate: '2026-11-23', attempts: 1, nextAttemptAtMs: 0 } as const;

describe('the health', () => {
  it('is normal when all is well, or when listing alone was asked for', () => {
    const normal = { state: 'normal', reasons: [], diagnoses: [] };
    expect(healthOf(well)).toEqual(normal);
    expect(healthOf({ ...well, lastMail: { ...mail, state: 'waiting', reason: null } })).toEqual(normal);
    expect(healthOf({ ...well, folder: 'polling', polling: true })).toEqual(normal);
  });

  it.each([
    ['failure', { folder: 'unavailable' }, /watch\.folder/],
    ['failure', { store: '/s.db: the database is corrupt' }, /^\/s\.db: the database is corrupt; /],
    ['failure', { troubles: ['no segmenter process: x'] }, /tiles wait: no segmenter process: x/],
    [
      'failure',
      { sessionTakenOver: true, brokerConnected: false },
      /another daemon .*; end one .* instrument\.name$/,
    ],
    ['failure', { summaryTrouble: 'disk I/O error' }, /summary cannot be made: disk I\/O error; see the log/],
    ['failure', { distrust: ['no segmenter process: y'] }, /tiles wait: no segmenter process: y/],
    [
      'failure',
      { folder: 'silent', silentForS: 31 },
      /not answered for 31 s.*\(limit: 20 s, watch\.answerTimeoutS\); check/,
    ],
    ['check-function', { checking: true }, /known answers/],
    ['check-function', { starting: true }, /looked through/],
    [
      'out-of-specification',
      { uncertainDrift: { what: '40 % are uncertain', limit: '1 % to 9 %' } },
      /40 % .*\(limit: 1 % to 9 %\); look at focus/,
    ],
    [
      'maintenance-required',
      { folder: 'mute' },
      /no file event .*; on a network share set watch\.polling: true/,
    ],
    [
      'out-of-specification',
      { focusDrift: { what: 'the edges are soft: 2 px', limit: '1.5 px' } },
      /soft: 2 px \(limit: 1\.5 px\); look at its tiles, then at focus/,
    ],
    ['maintenance-required', { folder: 'emptied' }, /gone at once; unless you deleted them/],
    [
      'maintenance-required',
      { filesAwaited: ['2 tiles wait for files'] },
      /2 tiles wait for files; make them/,
    ],
    [
      'maintenance-required',
      { unusable: [{ code: 'empty', count: 20, first: [{ path: 'a.tif' }] }] },
      /20 files were set aside as empty .*: a\.tif and others \(limit: 20, health\.unusableFiles\); see/,
    ],
    ['maintenance-required', { tileWaitsMinutes: 121 }, /121 minutes .*\(limit: 120 minutes/],
    [
      'maintenance-required',
      { brokerConnected: false, brokerFault: 'Connection refused: Not authorized' },
      /not connected \(Connection refused: Not authorized\)/,
    ],
    ['out-of-specification', { deviations: ['low: 7 particles of 8'] }, /low: 7 particles of 8/],
    ['maintenance-required', { folder: 'polling' }, /max_user_watches/],
    ['maintenance-required', { outboxDepth: 10_001 }, /10,001 messages/],
    ['maintenance-required', { brokerConnected: false }, /mqtt\.url/],
    [
      'maintenance-required',
      { notices: [{ code: 'configuration', text: 'not in force: grid.rows; mend it' }] },
      /not in force: grid\.rows/,
    ],
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
    const health = healthOf({ ...well, ...trouble } as Condition);
    expect(health).toMatchObject({ state, reasons: [expect.stringMatching(advice)] });
    expect(health.diagnoses).toHaveLength(1);
  });

  it('is failure when that is the worst of several, and names it first', () => {
    const { state, reasons } = healthOf({ ...well, outboxDepth: 10_001, troubles: ['the disk is full'] });
    expect(state).toBe('failure');
    expect(reasons).toEqual([
      expect.stringMatching(/^tiles wait: the disk is full;/),
      expect.stringMatching(/10,001 messages/),
    ]);
  });

  it('is by NE 107 a check of function before out of specification, and that before maintenance', () => {
    const trouble = { brokerConnected: false, deviations: ['low is off'] };
    expect(healthOf({ ...well, ...trouble }).state).toBe('out-of-specification');
    expect(healthOf({ ...well, ...trouble, checking: true }).state).toBe('check-function');
  });

  it('tells since when each diagnosis holds, until it has ended', () => {
    const sinces = createSinces();
    const away = healthOf({ ...well, brokerConnected: false });
    const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 12, minute));
    const since = (minute: number) => [{ state: 'maintenance-required', since: at(minute).toISOString() }];
    expect(sinces(away, at(1))).toMatchObject(since(1));
    expect(sinces(away, at(2))).toMatchObject(since(1));
    expect(sinces(healthOf(well), at(3))).toEqual([]);
    expect(sinces(away, at(4))).toMatchObject(since(4));
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
