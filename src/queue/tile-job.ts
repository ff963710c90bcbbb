import { hash } from 'node:crypto';
import { basename, relative, sep } from 'node:path';
import type { Polarity } from '../inference/network-input.ts';
import type { SegmentTask } from '../segmenter/port.ts';
import { softwareVersion } from '../version.ts';
import { PROTOCOL, type TileJob, tileJobSchema } from './contract.ts';

/** What jobs say of the daemon that asks. */
export interface Asker {
  /** Id of its store. */
  readonly daemon: string;
  readonly polarity: Polarity;
  /** Of the models that tiles may be asked with, by name. */
  readonly models: ReadonlyMap<string, TileJob['model']>;
  /** Null where tiles are sent. */
  readonly sharedFolder: string | null;
}

/** @throws Error where the task names a model that is not the asker's */
export function jobOf(task: SegmentTask, { daemon, polarity, models, sharedFolder }: Asker): TileJob {
  const model = models.get(task.model);
  if (!model) throw new Error(`${task.path}: no model named ${task.model}`);
  const shared = sharedFolder === null ? null : relative(sharedFolder, task.path).replaceAll(sep, '/');
  const { databarHeightPx, pixelSizeNm, stagePositionUm, scanRotationRad = 0 } = task;
  const job: TileJob = {
    protocol: PROTOCOL,
    ...{ softwareVersion, daemon, contentHash: task.contentHash, fileName: basename(task.path) },
    image: { kind: 'bytes' },
    calibration: { databarHeightPx, pixelSizeNm, stagePositionUm, scanRotationRad },
    ...{ model, thresholds: task.thresholds, polarity },
    overlay: task.overlayPath === null ? null : (task.overlayKind ?? 'pictures'),
  };
  if (shared === null) return job;
  const inFolder = tileJobSchema.safeParse({ ...job, image: { kind: 'shared', path: shared } });
  return inFolder.success ? inFolder.data : job; // a tile outside the shared folder is sent
}

/** The same tile asked for in the same way is the same job, whoever died between. */
export function idOf({ image: _, ...asked }: TileJob): string {
  return `${idsOf(asked.daemon)}${hash('sha256', JSON.stringify(asked))}`;
}

/** What the ids of a daemon's jobs begin with. */
export function idsOf(daemon: string): string {
  return `tile-${daemon}-`;
}

/** Whose job it is; null where the id is none of a tile. */
export function daemonOf(id: string): string | null {
  return /^tile-([0-9a-f]{32})-/.exec(id)?.[1] ?? null;
}
