import { type UnusableFileCode, UnusableFileError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/database.ts';
import { FolderAwayError, type TileFiles } from '../watcher/tile-files.ts';
import { createGrowingPauses } from './growing-pauses.ts';

/** Looks again at files that were set aside and may have become usable, and forgets those that were deleted. */
export interface FilesSetAside {
  /** It was set aside, or again. */
  note(path: string, fault: UnusableFileError): void;
  /** Its tile was given up: the file is read again as one that nobody knows. */
  givenUp(path: string, error: unknown): void;
  /** It has become a tile. */
  usable(path: string): void;
  /** Exactly these names cannot be opened now. */
  misnamed(paths: readonly string[]): void;
  /** Time has passed. */
  tick(): void;
}

const LONGEST_PAUSE_MS = 300_000;
/** The file stays as it is, but what is stated beside it may come, or be mended. */
const STATED_LATER: ReadonlySet<UnusableFileCode> = new Set(['no-metadata', 'bad-sidecar']);
/** Of a thousand files whose permission is missing each costs a look. */
const LOOKS_A_TICK = 64;
const SWEEP_MS = 30_000;

export function createFilesSetAside(options: {
  readonly files: TileFiles;
  readonly store: Pick<Store, 'unusable' | 'files'>;
  readonly arrive: (path: string) => void;
  readonly setAside: (path: string, fault: UnusableFileError) => void;
  readonly guarded: (step: () => void) => void;
  readonly logger: Logger;
}): FilesSetAside {
  const { files, store, arrive, setAside, guarded, logger } = options;
  const pauses = createGrowingPauses<string>(LONGEST_PAUSE_MS);
  const ready: string[] = [];
  let sweptAtMs = Number.NEGATIVE_INFINITY;
  let wasThere = true;

  async function sweep(): Promise<void> {
    const listed = store.unusable.all().flatMap(({ path }) => (isMisnamed(path) ? [] : [path]));
    const gone = listed.length === 0 ? [] : await files.gone(listed);
    guarded(() => {
      for (const path of gone) {
        store.unusable.forget(path);
        // What comes back is news, also where its tile was given up.
        store.files.forget(path);
        pauses.forget(path);
      }
    });
    if (gone.length > 0)
      logger.info({ files: gone.length }, 'deleted files leave the list of those set aside');
  }

  function note(path: string, { code, mayRecover }: UnusableFileError): void {
    if ((mayRecover || STATED_LATER.has(code)) && files.isWatched) pauses.again(path);
  }

  return {
    note,
    givenUp(path, error) {
      if (!(error instanceof UnusableFileError && error.mayRecover)) return;
      store.files.forget(path);
      note(path, error);
    },
    usable: (path) => pauses.forget(path),
    misnamed(paths) {
      const now = new Set(paths);
      for (const { path } of store.unusable.all())
        if (isMisnamed(path) && !now.has(path)) store.unusable.forget(path);
      for (const path of now) setAside(path, misnamedFault(path));
    },
    tick() {
      if (!files.isWatched) return;
      const isThere = files.isThere();
      if (isThere && !wasThere) pauses.wake();
      wasThere = isThere;
      if (!isThere) return;
      ready.push(...pauses.due());
      for (const path of ready.splice(0, LOOKS_A_TICK)) arrive(path);
      if (performance.now() - sweptAtMs < SWEEP_MS) return;
      sweptAtMs = performance.now();
      sweep().catch((error: unknown) => {
        if (!(error instanceof FolderAwayError)) throw error;
      });
    },
  };
}

function isMisnamed(path: string): boolean {
  return path.includes('\uFFFD');
}

function misnamedFault(path: string): UnusableFileError {
  return new UnusableFileError(
    path,
    'unreadable',
    'has a name that is not UTF-8, so it cannot be opened; rename it, or mount the share with iocharset=utf8',
  );
}
