import type { Config } from './config/schema.ts';
import { keptOutCodes } from './errors.ts';
import type { Condition } from './health/condition.ts';
import { focusDrift } from './health/focus-drift.ts';
import { DRIFT_SAMPLES, uncertainDrift } from './health/uncertain-drift.ts';
import type { Broker } from './publish/broker.ts';
import type { OutboxSender } from './publish/outbox-sender.ts';
import type { Integrity } from './store/integrity.ts';
import type { Parts } from './walk/start-parts.ts';
import type { Pipeline } from './walk/walk-parts.ts';
import type { Share } from './watcher/share.ts';

const DAY_MS = 86_400_000;
const NAMED = 3;
/** Of what changes slowly and costs a query. */
const LOOK_MS = 10_000;

/** Gathers from the daemon's parts what its health is judged by. */
export function conditionOf(of: {
  readonly config: Config;
  readonly parts: Pick<Parts, 'store' | 'segmenter'>;
  readonly share: Share;
  readonly broker: Broker;
  readonly sender: Pick<OutboxSender, 'refusals'>;
  readonly pipeline: Pick<Pipeline, 'troubles' | 'filesAwaited' | 'summaryTrouble'>;
  readonly integrity: Pick<Integrity, 'fault'>;
}): () => Omit<Condition, 'starting' | 'notices'> {
  const { config, share, broker, sender, pipeline, integrity } = of;
  const { store, segmenter } = of.parts;
  const { watch, health, mail } = config;
  const slow = remembered(() => {
    const history = store.finished.lastBefore(new Date(), DRIFT_SAMPLES);
    return {
      // Images that are no tiles of their runs are told with these, and are no fault of anybody's.
      unusable: store.unusable
        .groups(NAMED, Date.now() - DAY_MS)
        .filter(({ code }) => !keptOutCodes.some((keptOut) => keptOut === code)),
      uncertainDrift: uncertainDrift(history),
      focusDrift: focusDrift(history),
    };
  });
  return () => {
    const waitingSinceMs = store.tiles.waitingSinceMs();
    return {
      ...slow(),
      folder: share.condition(),
      silentForS: Math.round(share.silentForMs() / 1000),
      answerTimeoutS: watch.answerTimeoutS,
      polling: watch.polling,
      filesAwaited: pipeline.filesAwaited(),
      unusableMax: health.unusableFiles,
      tileWaitsMinutes: waitingSinceMs === null ? 0 : Math.round((Date.now() - waitingSinceMs) / 60_000),
      tileWaitMaxMinutes: health.tileWaitMinutes,
      outboxDepth: store.outbox.depth(),
      brokerConnected: broker.connected,
      brokerFault: broker.fault ?? null,
      sessionTakenOver: broker.sessionTakenOver ?? false,
      refusals: sender.refusals(),
      brokerShortcomings: broker.shortcomings ?? [],
      store: store.absence() ?? integrity.fault(),
      troubles: pipeline.troubles(),
      summaryTrouble: pipeline.summaryTrouble(),
      checking: segmenter.isChecking(),
      deviations: segmenter.deviations(),
      distrust: segmenter.distrust(),
      lastMail: mail.host === null ? undefined : store.mails.latest(),
    };
  };
}

/** Looks anew only after a while. */
function remembered<T>(look: () => T): () => T {
  let seen: { readonly value: T; readonly atMs: number } | null = null;
  return () => {
    if (seen === null || performance.now() - seen.atMs > LOOK_MS) {
      seen = { value: look(), atMs: performance.now() };
    }
    return seen.value;
  };
}
