import type { Model } from '../inference/model/model-folder.ts';
import type { RunParts } from '../run/parts.ts';
import type { Segmenter } from '../segmenter/port.ts';

/** What a pipeline stands on; it starts and ends none of it. */
export interface PipelineParts extends RunParts {
  readonly models: readonly Model[];
  readonly segmenter: Segmenter;
  /** Tiles that the segmenter is given at once. */
  readonly capacity: number;
}
