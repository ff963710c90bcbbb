import { describe, expect, it } from 'vitest';
import { storeWithRun } from './examples.ts';

describe('the mails of nights', () => {
  it('are owed from the first time they are wanted, and of no night that had ended by then', () => {
    const { mails } = storeWithRun().store;
    expect(mails.begin('2026-11-22', 1000)).toBe(1000);
    expect(mails.begin('2026-11-23', 5000)).toBe(1000);
    expect(mails.dates()).toEqual(new Set(['2026-11-22']));
    expect(mails.waiting()).toEqual([]);
    expect(mails.latest()).toBeUndefined();
  });

  it('are owed from now where the first time lies in the future, as after a wrong clock', () => {
    const { mails } = storeWithRun().store;
    mails.begin('2036-01-01', 9000);
    expect(mails.begin('2026-11-23', 2000)).toBe(2000);
  });

  it('wait oldest first until they are sent or given up, and are owed once', () => {
    const { mails } = storeWithRun().store;
    mails.owe('2026-11-24', 10);
    mails.owe('2026-11-23', 10);
    mails.beginAttempt('2026-11-23', 70);
    mails.noteFailure('2026-11-23', 'no route', false);
    expect(mails.waiting()).toMatchObject([
      { localDate: '2026-11-23', attempts: 1, nextAttemptAtMs: 70, reason: 'no route' },
      { localDate: '2026-11-24', attempts: 0, nextAttemptAtMs: 10, reason: null },
    ]);
    mails.noteSent('2026-11-23', 80, null);
    mails.noteFailure('2026-11-24', '550 no such user', true);
    for (const date of ['2026-11-23', '2026-11-24']) mails.owe(date, 90);
    expect(mails.waiting()).toEqual([]);
    expect(mails.latest()).toMatchObject({ localDate: '2026-11-24', state: 'given-up' });
  });
});
