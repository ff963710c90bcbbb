import type { Logger } from '../logger.ts';
import type { FileState } from './file-state.ts';
import type { FoundFile } from './folder-scan.ts';

/** Files last written before the moment from which the folder is watched: left alone, and told once. */
export class OlderFiles {
  readonly #folder: string;
  readonly #sinceMs: number | null;
  readonly #logger: Logger;
  #told = 0;

  constructor(options: {
    readonly folder: string;
    readonly sinceMs?: number | null;
    readonly logger: Logger;
  }) {
    this.#folder = options.folder;
    this.#sinceMs = options.sinceMs ?? null;
    this.#logger = options.logger;
  }

  has({ modifiedAtMs }: FileState): boolean {
    return this.#sinceMs !== null && modifiedAtMs < this.#sinceMs;
  }

  /** The others of a whole scan; how many were left alone is told where there are more than before. */
  without(files: readonly FoundFile[]): readonly FoundFile[] {
    const others = files.filter(({ state }) => !this.has(state));
    const older = files.length - others.length;
    if (this.#sinceMs !== null && older > this.#told) {
      const since = new Date(this.#sinceMs).toISOString();
      this.#logger.info(
        { folder: this.#folder, files: older, since },
        'files from before watch.since are left alone',
      );
      this.#told = older;
    }
    return others;
  }
}
