import { createGroupedWarnings } from '../grouped-warnings.ts';
import type { Logger } from '../logger.ts';
import type { TileFiles } from '../watcher/tile-files.ts';
import { mayHaveTwin } from '../watcher/twins.ts';

/** Files whose fields are there in better formats: left alone, and told, many of them in one line. */
export interface Twins {
  hasBetter(path: string): Promise<boolean>;
  /** Tells at once what was still being gathered. */
  flush(): void;
}

export function createTwins(files: Pick<TileFiles, 'twinOf'>, logger: Logger): Twins {
  // Nothing is wrong with them.
  const quietly: Logger = {
    debug: (facts, message) => logger.debug(facts, message),
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.info(facts, message),
    error: (facts, message) => logger.error(facts, message),
  };
  const told = createGroupedWarnings(
    quietly,
    'file left alone: its field is there in a better format',
    'files left alone: their fields are there in better formats',
  );
  return {
    async hasBetter(path) {
      const twin = mayHaveTwin(path) ? await files.twinOf(path) : null;
      if (twin !== null) told.warn('twin', path, { path, twin });
      return twin !== null;
    },
    flush: told.flush,
  };
}
