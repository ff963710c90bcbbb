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
  /** Another daemon of this name has its place at the broker. */
  readonly sessionTakenOver: boolean;
  /** What the broker refuses, by topic with its reason. */
  readonly refusals: ReadonlyMap<string, string>;
  /** What is wrong with the database, in words; null where nothing is known to be. */
  readonly store: string | null;
  /** What tiles wait for, in words. */
  readonly troubles: readonly string[];
  /** Models that do not compute as they should, though rightly, in words. */
  readonly deviations: readonly string[];
  /** Why segmenters that were right are so no more, in words. */
  readonly distrust: readonly string[];
  /** What whoever runs the daemon has to tell, as a configuration that was refused. */
  readonly notices: readonly string[];
  /** The mail of the latest night; undefined where none was owed yet. */
  readonly lastMail: StoredMail | undefined;
}

/**
 * NAMUR NE 107, the gravest that holds: `failure` where no result comes, `check-function` where none comes for a while
 * because somebody ended the daemon, `out-of-specification` where results come by another way than specified,
 * `maintenance-required` where they come and somebody should look.
 */
export interface Health {
  readonly state: 'normal' | 'check-function' | 'maintenance-required' | 'out-of-specification' | 'failure';
  /** Why it is not normal, for the person who can mend it; empty when it is. */
  readonly reasons: readonly string[];
}

/** What subscribers read of a daemon that does not run: as it says itself when it ends, and as the broker says of it. */
export const farewells = {
  ended: {
    state: 'check-function',
    reasons: ['the daemon was ended; tiles wait in the export folder until it is started'],
  },
  lost: {
    state: 'failure',
    reasons: [
      'the connection to the daemon was lost without a farewell: it was killed, or its computer or the network is down; look there (systemctl status particled)',
    ],
  },
} as const satisfies Record<string, Health>;

const OUTBOX_DEPTH_MAX = 10_000;

export function healthOf(condition: Condition): Health {
  const { folder, polling, outboxDepth, brokerConnected, refusals, troubles, lastMail } = condition;
  const failures = new Set([...troubles, ...condition.distrust].map((trouble) => `tiles wait: ${trouble}`));
  const reasons: string[] = [...condition.notices];
  if (condition.store !== null) failures.add(condition.store);
  if (folder === 'unavailable')
    failures.add('the export folder cannot be listed; check the share (watch.folder)');
  if (folder === 'polling' && !polling) {
    reasons.push(
      'no file events (inotify limit or open files used up), so files are found by listing alone; raise fs.inotify.max_user_watches',
    );
  }
  if (outboxDepth > OUTBOX_DEPTH_MAX)
    reasons.push(`${outboxDepth} messages wait for the broker, over ${OUTBOX_DEPTH_MAX}`);
  if (condition.sessionTakenOver) {
    failures.add(
      'another daemon of this name has taken the place at the broker; end one of the two, or give one another instrument.name',
    );
  } else if (!brokerConnected)
    reasons.push('the broker is not connected; results wait in the store (mqtt.url)');
  if (refusals.size > 0) reasons.push(refusalTrouble([...refusals.values()]));
  if (lastMail?.reason) reasons.push(mailTrouble(lastMail.localDate, lastMail.state, lastMail.reason));
  if (failures.size > 0)
    return { state: 'failure', reasons: [...failures, ...condition.deviations, ...reasons] };
  if (condition.deviations.length > 0)
    return { state: 'out-of-specification', reasons: [...condition.deviations, ...reasons] };
  return { state: reasons.length > 0 ? 'maintenance-required' : 'normal', reasons };
}

function refusalTrouble([first, ...others]: readonly string[]): string {
  const more = others.length > 0 ? ` and ${others.length} more topics` : '';
  return `the broker takes no message on ${first}${more}; they wait in the store (the broker's access list for mqtt.username)`;
}

function mailTrouble(date: string, state: StoredMail['state'], reason: string): string {
  if (state === 'sent') return `the night's mail of ${date} did not reach everybody: ${reason} (mail.to)`;
  if (state === 'waiting')
    return `the night's mail of ${date} could not be sent and is tried again: ${reason} (mail.*)`;
  return `the night's mail of ${date} could not be sent: ${reason}; mend mail.*, then particled report --date ${date} --send`;
}
