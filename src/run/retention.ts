import { schedule as cron } from 'node-cron';
import { messageOf } from '../errors.ts';
import { deleteSurplus, type RetentionParts } from './surplus-files.ts';

/** After a start what is owed comes first. */
const AFTER_START_MS = 60_000;
/** When a laboratory sleeps and no mail is composed. */
const NIGHTLY = '0 3 * * *';

/** Deletes what is older or more than `retention` allows, a minute after the start and each night. */
export function startRetention(parts: RetentionParts, timeZone: string): { stop(): Promise<void> } {
  let working: Promise<void> = Promise.resolve();
  let stopping = false;
  const sweep = (): void => {
    working = working
      .then(() => (stopping ? undefined : deleteSurplus(parts, Date.now(), () => stopping)))
      .catch((error: unknown) => parts.logger.warn({ err: messageOf(error) }, 'old files not deleted'));
  };
  const first = setTimeout(sweep, AFTER_START_MS).unref();
  const nightly = cron(NIGHTLY, sweep, { timezone: timeZone, suppressMissedWarning: true });
  return {
    async stop() {
      stopping = true;
      clearTimeout(first);
      await nightly.destroy();
      await working;
    },
  };
}
