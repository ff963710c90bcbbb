import type { UnusableFileCode } from '../errors.ts';
import type { Model } from '../inference/model/model-folder.ts';
import type { RunParts } from '../run/parts.ts';
import type { Segmenter } from '../segmenter/port.ts';
import type { TileFiles } from '../watcher/tile-files.ts';

/** Hears what becomes of tiles, for figures that others read. */
export interface WalkObserver {
  /** @param seconds that a segmenter took for it */
  tileSegmented(seconds: number): void;
  /** It was given up. */
  tileFailed(): void;
  fileSetAside(code: UnusableFileCode): void;
  /** A shadow model has segmented a tile, or it was given up there. */
  shadowTile(outcome: 'segmented' | 'failed'): void;
}

/** What a pipeline stands on; it starts and ends none of it. */
export interface PipelineParts extends RunParts {
  /** The export folder; where left out it is looked at directly, once. */
  readonly files?: TileFiles;
  readonly models: readonly Model[];
  readonly segmenter: Segmenter;
  /** Tiles that the segmenter is given at once. */
  readonly capacity: number;
  readonly observer?: WalkObserver | undefined;
  /** Missing or null: no tile is segmented twice. */
  readonly shadow?: Shadow | null;
}

/** A model on probation, with a segmenter of its own. */
export interface Shadow {
  readonly model: Model;
  /** Of the tiles, over 0 up to 1. */
  readonly share: number;
  readonly segmenter: Pick<Segmenter, 'segment'>;
  /** The steady clock, by which it pauses after a failure; the system's where left out. */
  nowMs?(): number;
}
