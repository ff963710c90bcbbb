import type { Config } from '../config/schema.ts';
import type { Model } from '../inference/model/model-folder.ts';
import type { Logger } from '../logger.ts';
import type { Digester } from '../run/digester.ts';
import type { Reporter } from '../run/reporter.ts';
import type { Segmenter } from '../segmenter/port.ts';
import type { Store } from '../store/database.ts';

/** What a pipeline stands on; it starts and ends none of it. */
export interface PipelineParts {
  readonly config: Config;
  readonly store: Store;
  readonly models: readonly Model[];
  readonly segmenter: Segmenter;
  /** Tiles that the segmenter is given at once. */
  readonly capacity: number;
  readonly digester: Digester;
  readonly reporter: Reporter;
  readonly logger: Logger;
  /** Something was written to the outbox. */
  readonly onMessage: () => void;
}
