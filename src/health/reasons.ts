import type { StoredMail } from '../store/mails.ts';
import type { FolderCondition } from '../watcher/watch-folder.ts';

/** What may trouble a daemon that goes on working. */
export interface Condition {
  readonly folder: FolderCondition;
  /** Listing alone was asked for. */
  readonly polling: boolean;
  /** Messages not yet acknowledged by the broker. */
  readonly outboxDepth: number;
  readonly brokerConnected: boolean;
  /** The mail of the latest night; undefined where none was owed yet. */
  readonly lastMail: StoredMail | undefined;
}

const OUTBOX_DEPTH_MAX = 10_000;

/** Why the health is not normal, for the person who can mend it; empty when it is. */
export function healthReasons({
  folder,
  polling,
  outboxDepth,
  brokerConnected,
  lastMail,
}: Condition): string[] {
  const reasons: string[] = [];
  if (folder === 'unavailable')
    reasons.push('the export folder cannot be listed; check the share (watch.folder)');
  if (folder === 'polling' && !polling) {
    reasons.push(
      'no file events (inotify limit or open files used up), so files are found by listing alone; raise fs.inotify.max_user_watches',
    );
  }
  if (outboxDepth > OUTBOX_DEPTH_MAX)
    reasons.push(`${outboxDepth} messages wait for the broker, over ${OUTBOX_DEPTH_MAX}`);
  if (!brokerConnected) reasons.push('the broker is not connected; results wait in the store (mqtt.url)');
  if (lastMail?.reason) reasons.push(mailTrouble(lastMail.localDate, lastMail.state, lastMail.reason));
  return reasons;
}

function mailTrouble(date: string, state: StoredMail['state'], reason: string): string {
  if (state === 'sent') return `the night's mail of ${date} did not reach everybody: ${reason} (mail.to)`;
  if (state === 'waiting')
    return `the night's mail of ${date} could not be sent and is tried again: ${reason} (mail.*)`;
  return `the night's mail of ${date} could not be sent: ${reason}; mend mail.*, then particled report --date ${date} --send`;
}
