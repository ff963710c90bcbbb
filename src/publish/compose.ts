import { basename } from 'node:path';
import type { UnusableFileError } from '../errors.ts';
import type { Coverage, LatticeSite, RunState } from '../grid/coverage.ts';
import type { Particle } from '../measure/particle.ts';
import type { RunStatistics } from '../statistics/size-statistics.ts';
import type { Remarks } from '../store/expectation.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { StoredRun } from '../store/runs.ts';
import type { ModelUse, StoredTile, TileQuality, TileSight } from '../store/stored-tile.ts';
import { notesOf } from '../watcher/metadata/tile-notes.ts';
import type {
  ProgressMessage,
  SetAsideMessage,
  StatusMessage,
  SummaryMessage,
  TileMessage,
  Unsent,
} from './messages.ts';
import { withPublishedDigits } from './published-digits.ts';
import { type TopicNames, topicsOf } from './topics.ts';

/** Who publishes, and when. */
export interface Sender extends TopicNames {
  readonly softwareVersion: string;
  readonly at: Date;
}

/** How many of a run's tiles are in which state. */
export interface TileCounts {
  readonly waiting: number;
  readonly segmented: number;
  readonly failed: number;
}

export type TileOutcome =
  | {
      readonly particles: readonly Particle[];
      readonly model: ModelUse;
      readonly quality: TileQuality;
      readonly sight: TileSight;
    }
  | { readonly reason: string };

/** The message of one tile, segmented or given up. */
export function tileMessage(
  sender: Sender,
  run: StoredRun,
  tile: StoredTile,
  site: LatticeSite | null,
  outcome: TileOutcome,
): OutboxMessage {
  const segmented = 'particles' in outcome ? outcome : null;
  const payload: Unsent<TileMessage> = {
    schema: 'particled/tile/1',
    ...envelopeOf(sender),
    ...runFields(run),
    tile: {
      ...siteFields(tile, site),
      stagePositionUm: tile.metadata.stagePositionUm,
      acquiredAt: tile.metadata.acquiredAt,
    },
    provenance: {
      softwareVersion: sender.softwareVersion,
      model: segmented?.model ?? null,
      pixelSizeNm: tile.metadata.pixelSizeNm,
      pixelSizeSource: tile.metadata.pixelSizeSource ?? 'file',
      magnification: tile.metadata.magnification,
    },
    notes: notesOf(tile.metadata),
    outcome: segmented ? 'segmented' : 'failed',
    reason: 'reason' in outcome ? outcome.reason : null,
    counts: segmented && countsOf(segmented.particles),
    quality: segmented?.quality ?? null,
    looks: segmented?.sight.looks ?? null,
    limitReached: segmented?.sight.limitsReached ?? null,
    particles: segmented?.particles ?? null,
  };
  const { tile: topic } = topicsOf(sender).run(run.sampleId, run.name);
  return { topic, retain: false, payload: withPublishedDigits(payload) };
}

/** What a progress message says beyond its run. */
export interface ProgressFacts extends Pick<ProgressMessage, 'state' | 'reason' | 'coverage' | 'timeToEndS'> {
  readonly tiles: TileCounts;
}

/** How far a run has come. */
export function progressMessage(sender: Sender, run: StoredRun, facts: ProgressFacts): OutboxMessage {
  const { state, reason, coverage, tiles, timeToEndS } = facts;
  const payload: Unsent<ProgressMessage> = {
    schema: 'particled/progress/2',
    ...envelopeOf(sender),
    ...runFields(run),
    state,
    reason,
    coverage,
    tilesSegmented: tiles.segmented,
    tilesFailed: tiles.failed,
    tilesWaiting: tiles.waiting,
    firstTileAt: new Date(run.createdAtMs).toISOString(),
    lastTileAt: new Date(run.lastTileAtMs).toISOString(),
    timeToEndS,
  };
  return { topic: topicsOf(sender).run(run.sampleId, run.name).progress, retain: false, payload };
}

/** What a summary says beyond its run. */
export interface SummaryFacts extends Remarks {
  readonly revision: number;
  readonly final: boolean;
  readonly state: RunState;
  readonly finalised: SummaryMessage['finalised'];
  readonly coverage: Coverage;
  readonly failedTiles: SummaryMessage['failedTiles'];
  readonly statistics: RunStatistics;
  readonly duplicateCount: number;
  readonly acquisition: SummaryMessage['acquisition'];
  readonly setAside: NonNullable<SummaryMessage['setAside']>;
  readonly sufficiency: SummaryMessage['sufficiency'];
  readonly decision: SummaryMessage['decision'];
  readonly imaging: SummaryMessage['imaging'];
  readonly limitReached: NonNullable<SummaryMessage['limitReached']>;
  readonly notes: NonNullable<SummaryMessage['notes']>;
  readonly reimage: SummaryMessage['reimage'];
  readonly uniformity: SummaryMessage['uniformity'];
  readonly models: readonly ModelUse[];
  /** Who made the corrections that count. */
  readonly reviewedBy: readonly string[];
}

/** A sample's result as of one revision. */
export function summaryMessage(sender: Sender, run: StoredRun, facts: SummaryFacts): OutboxMessage {
  const { models, reviewedBy, ...rest } = facts;
  const payload: Unsent<SummaryMessage> = {
    schema: 'particled/summary/3',
    ...envelopeOf(sender),
    ...runFields(run),
    ...rest,
    provenance: {
      softwareVersion: sender.softwareVersion,
      models,
      pixelSizesNm: [run.pixelSizeNm],
      pixelSizeSource: run.pixelSizeSource,
      ...(reviewedBy.length > 0 && { reviewedBy }),
    },
  };
  const { summary: topic } = topicsOf(sender).run(run.sampleId, run.name);
  return { topic, retain: true, payload: withPublishedDigits(payload) };
}

/** A file that cannot be used. */
export function setAsideMessage(sender: Sender, error: UnusableFileError, reason: string): OutboxMessage {
  const payload: Unsent<SetAsideMessage> = {
    schema: 'particled/set-aside/1',
    ...envelopeOf(sender),
    file: basename(error.path),
    code: error.code,
    reason,
    mayRecover: error.mayRecover,
  };
  return { topic: topicsOf(sender).setAside, retain: false, payload };
}

/** The daemon's state; `waiting` null in a last will, which the broker may publish days later. */
export function statusPayload(
  sender: Omit<Sender, 'baseTopic'>,
  state: StatusMessage['state'],
  health: Pick<StatusMessage, 'reasons' | 'diagnoses'> & { readonly state: StatusMessage['health'] },
  waiting: number | null,
  store?: string,
): string {
  const status: StatusMessage = {
    schema: 'particled/status/1',
    sequence: null,
    ...(store !== undefined && { store }),
    ...envelopeOf(sender),
    state,
    health: health.state,
    reasons: health.reasons,
    diagnoses: health.diagnoses,
    softwareVersion: sender.softwareVersion,
    queue: { waiting },
  };
  return JSON.stringify(status);
}

/** A tile's identity and place, as in tile messages and lists of failed tiles. */
export function siteFields(tile: Pick<StoredTile, 'file'>, site: LatticeSite | null) {
  return {
    contentHash: tile.file.contentHash,
    file: basename(tile.file.path),
    row: site?.row ?? null,
    column: site?.column ?? null,
  };
}

function envelopeOf({ at, instrument }: Pick<Sender, 'at' | 'instrument'>) {
  return { at: at.toISOString(), instrument };
}

function runFields(run: StoredRun) {
  return { sample: { id: run.sampleId, label: run.sampleLabel }, run: run.name };
}

function countsOf(particles: readonly Particle[]): TileMessage['counts'] {
  const certain = particles.filter((particle) => particle.certain).length;
  const border = particles.filter((particle) => particle.touchesBorder).length;
  return { all: particles.length, certain, uncertain: particles.length - certain, border };
}
