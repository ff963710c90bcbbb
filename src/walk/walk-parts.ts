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
}
