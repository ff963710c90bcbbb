import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { attention, type Finding, failure, ok } from '../finding.ts';

const CHECK = 'clock';
/** No particled is older, and none is likely to run that long. */
const YEARS = { from: 2026, to: 2060 } as const;
const ASK_MS = 3000;

/** Whether the clock follows others, by systemd or the kernel; null where nobody tells. */
export async function isSynchronised(): Promise<boolean | null> {
  if (existsSync('/run/systemd/timesync/synchronized')) return true;
  const told = await timedatectl();
  return told === 'yes' ? true : told === 'no' ? false : null;
}

export function judgeClock(now: Date, synchronised: boolean | null): Finding {
  const shown = now.toISOString();
  const year = now.getUTCFullYear();
  const advice = 'set the clock and have it follow a time server: timedatectl set-ntp true';
  if (year < YEARS.from || year > YEARS.to) {
    return failure(CHECK, `${shown}: not a year from ${YEARS.from} to ${YEARS.to}`, advice);
  }
  if (synchronised === false) {
    return attention(CHECK, `${shown}: follows no time server, so times of results and nights drift`, advice);
  }
  const how = synchronised ? 'synchronised' : 'whether it is synchronised is not told here';
  return ok(CHECK, `${shown}: ${how}`);
}

/** It reads adjtimex(2), so it knows chrony's and ntpd's work too; it is not everywhere, nor answers in every container. */
function timedatectl(): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      'timedatectl',
      ['show', '--property=NTPSynchronized', '--value'],
      { timeout: ASK_MS },
      (error, stdout) => resolve(error ? '' : stdout.trim()),
    );
  });
}
