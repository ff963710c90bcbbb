import type { StoredMail } from '../store/mails.ts';
import type { UnusableGroup } from '../store/unusable.ts';
import type { ShareCondition } from '../watcher/share.ts';

/** What a part of the daemon has to tell, and what to do. */
export interface Notice {
  readonly code:
    | 'configuration'
    | 'disk-low'
    | 'monitoring-away'
    | 'dashboard-away'
    | 'queue-away'
    | 'workers-refuse';
  /** Ends in `; ` and the advice. */
  readonly text: string;
}

/** What may trouble a daemon that goes on working. */
export interface Condition {
  /** The export folder has not been looked through yet. */
  readonly starting: boolean;
  readonly folder: ShareCondition;
  /** For how long no call on it has returned, and the limit. */
  readonly silentForS: number;
  readonly answerTimeoutS: number;
  /** Listing alone was asked for. */
  readonly polling: boolean;
  /** Files that tiles wait for and that cannot be read, in words. */
  readonly filesAwaited: readonly string[];
  /** Files set aside in the last day by cause, and how many of one cause are many. */
  readonly unusable: readonly UnusableGroup[];
  readonly unusableMax: number;
  /** How long the tile that waits longest has waited, and the limit; 0 where none waits. */
  readonly tileWaitsMinutes: number;
  readonly tileWaitMaxMinutes: number;
  /** Messages not yet acknowledged by the broker. */
  readonly outboxDepth: number;
  readonly brokerConnected: boolean;
  /** Why it is not, as far as the broker or the network has said. */
  readonly brokerFault: string | null;
  /** Another daemon of this name has its place at the broker. */
  readonly sessionTakenOver: boolean;
  /** What the broker refuses, by topic with its reason. */
  readonly refusals: ReadonlyMap<string, string>;
  /** What the broker does not do, in words. */
  readonly brokerShortcomings: readonly string[];
  /** What is wrong with the database, in words; null where nothing is known to be. */
  readonly store: string | null;
  /** What tiles wait for, in words. */
  readonly troubles: readonly string[];
  /** Why the summary that is due cannot be made, in words; null where it can. */
  readonly summaryTrouble: string | null;
  /** Known answers are being computed now. */
  readonly checking: boolean;
  /** Models that do not compute as they should, though rightly, in words. */
  readonly deviations: readonly string[];
  /** Why segmenters that were right are so no more, in words. */
  readonly distrust: readonly string[];
  /** How the latest sample's uncertain share lies outside its history, in words with the limits; null where it does not. */
  readonly uncertainDrift: { readonly what: string; readonly limit: string } | null;
  /** The same of the softness of its edges. */
  readonly focusDrift: { readonly what: string; readonly limit: string } | null;
  /** What whoever runs the daemon has to tell, as a configuration that was refused. */
  readonly notices: readonly Notice[];
  /** The mail of the latest night; undefined where none was owed yet. */
  readonly lastMail: StoredMail | undefined;
}
