import { describe, expect, it } from 'vitest';
import { healthParts } from '../../../src/dashboard/browser/now/health-parts.ts';
import { stateOf } from '../../../src/health/diagnosis.ts';
import type { StatusMessage } from '../../../src/publish/schema/status.ts';

const status: StatusMessage = {
  schema: 'particled/status/1',
  sequence: null,
  at: '2026-11-28T10:00:00.000Z',
  instrument: 'sem-1',
  state: 'online',
  health: 'normal',
  reasons: [],
  diagnoses: [],
  softwareVersion: '1.0.0',
  queue: { waiting: 0 },
};

function diagnosed(code: keyof typeof stateOf): StatusMessage {
  const diagnosis = { code, state: stateOf[code], since: status.at, what: 'x', limit: null, advice: 'y' };
  return { ...status, diagnoses: [diagnosis] };
}

describe('instrument, queue, broker and disk', () => {
  it('are well where nothing is diagnosed, and the queue says how long it is', () => {
    expect(
      healthParts({ ...status, queue: { waiting: 2 } }).map(({ text, isWell }) => [text, isWell]),
    ).toEqual([
      ['sem-1', true],
      ['2 tiles waiting', true],
      ['connected', true],
      ['room enough', true],
    ]);
  });

  it('are each ill by what is diagnosed of them, and the others are not', () => {
    const ill = (code: keyof typeof stateOf) =>
      healthParts(diagnosed(code)).flatMap(({ name, isWell }) => (isWell ? [] : [name]));
    expect(ill('export-folder-away')).toEqual(['Instrument']);
    expect(ill('tiles-queue')).toEqual(['Queue']);
    expect(ill('broker-away')).toEqual(['Broker']);
    expect(ill('disk-low')).toEqual(['Disk']);
    expect(ill('mail-not-sent')).toEqual([]);
  });

  it('are not known of a daemon that has stopped', () => {
    const parts = healthParts({ ...status, state: 'offline', queue: { waiting: null } });
    expect(parts.every(({ text, isWell }) => text === 'not known' && !isWell)).toBe(true);
  });
});
