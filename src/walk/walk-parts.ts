import type { Model } from '../inference/model/model-folder.ts';
import type { RunParts } from '../run/parts.ts';
import type { Segmenter } from '../segmenter/port.ts';
import type { TileFiles } from '../watcher/tile-files.ts';

/** What a pipeline stands on; it starts and ends none of it. */
export interface PipelineParts extends RunParts {
  /** The export folder; where left out it is looked at directly, once. */
  readonly files?: TileFiles;
  readonly models: readonly Model[];
  readonly segmenter: Segmenter;
  /** Tiles that the segmenter is given at once. */
  readonly capacity: number;
}
