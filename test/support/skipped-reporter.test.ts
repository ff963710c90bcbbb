import { describe, expect, it } from 'vitest';
import { skippedText } from './skipped-reporter.ts';

describe('the last line of a run', () => {
  it('gathers what was skipped by what it needs', () => {
    expect(
      skippedText([
        'a broker [needs mosquitto: apt install mosquitto] > connects',
        'a broker [needs mosquitto: apt install mosquitto] > comes back',
        'speaking to systemd [needs systemd-notify: apt install systemd] > says READY',
      ]),
    ).toBe('Skipped: 2 need mosquitto: apt install mosquitto; 1 needs systemd-notify: apt install systemd');
  });

  it('is not there when nothing was skipped', () => {
    expect(skippedText([])).toBeNull();
  });
});
