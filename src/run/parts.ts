import type { Config } from '../config/schema.ts';
import type { DiskRoom } from '../health/disk-room.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/database.ts';
import type { Digester } from './digester.ts';
import type { Reporter } from './reporter.ts';
import type { Clocks } from './silence.ts';

/** What the results of runs stand on; they start and end none of it. */
export interface RunParts {
  readonly config: Config;
  readonly store: Store;
  readonly digester: Digester;
  readonly reporter: Reporter;
  readonly logger: Logger;
  /** Something was written to the outbox. */
  readonly onMessage: () => void;
  /** Enough where left out. */
  readonly room?: Pick<DiskRoom, 'forOverlays' | 'forReports' | 'forTiles' | 'trouble'>;
  /** The system's where left out. */
  readonly clocks?: Clocks;
}
