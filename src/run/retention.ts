import { schedule as cron } from 'node-cron';
import { messageOf } from '../errors.ts';
import { updateIndex } from '../report/samples-index/write-index.ts';
import { deleteSurplus, type RetentionParts } from './surplus-files.ts';
import { deleteOldRows, giveRoomBack } from './surplus-rows.ts';

/** After a start what is owed comes first. */
const AFTER_START_MS = 60_000;
/** When a laboratory sleeps and no mail is composed. */
const NIGHTLY = '0 3 * * *';

/**
 * Deletes what is older or more than `retention` allows, a minute after the start and each night, and gives the room in the
 * database file back.
 */
export function startRetention(parts: RetentionParts, timeZone: string): { stop(): Promise<void> } {
  let working: Promise<void> = Promise.resolve();
  let stopping = false;
  const isStopping = (): boolean => stopping;
  async function deleteAll(): Promise<void> {
    const nowMs = Date.now();
    parts.store.keptRows.noteDay(nowMs);
    try {
      await deleteSurplus(parts, nowMs, isStopping);
    } catch (error) {
      parts.logger.warn({ err: messageOf(error) }, 'old files not deleted');
    }
    await renewIndex();
    await deleteOldRows(parts, nowMs, isStopping);
    await giveRoomBack(parts, isStopping);
  }
  /** Whoever else takes samples away is noticed with it. */
  async function renewIndex(): Promise<void> {
    const { folder } = parts.config.report;
    if (folder === null || stopping) return;
    try {
      await updateIndex(folder, timeZone);
    } catch (error) {
      parts.logger.warn({ folder, err: messageOf(error) }, 'index.html of all samples not written');
    }
  }
  const sweep = (): void => {
    working = working
      .then(() => (stopping ? undefined : deleteAll()))
      .catch((error: unknown) => parts.logger.warn({ err: messageOf(error) }, 'old results not deleted'));
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
