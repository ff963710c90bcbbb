import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { EventCanary } from './event-canary.ts';
import { type FolderCondition, requireFolder } from './folder-condition.ts';
import { type FolderEvents, listenToFolder } from './folder-events.ts';
import { type FolderScan, scanFolder } from './folder-scan.ts';
import { OlderFiles } from './older-files.ts';
import { createPathFilter, type PathFilter, type PathPatterns } from './path-filter.ts';
import { SettlingFiles } from './settling-files.ts';

export interface WatchOptions extends PathPatterns {
  /** The microscope's export folder. */
  readonly folder: string;
  /** A file is finished when its size and modification time have not changed for this long. */
  readonly stabilityMs: number;
  /** Pause between two scans of the whole folder, which find what events missed. */
  readonly rescanIntervalMs: number;
  /** True for a folder without change events, as most network shares: scans alone find the files. */
  readonly polling: boolean;
  /** Files last written before this moment are left alone; null or left out: none is. */
  readonly sinceMs?: number | null;
  /** Files of the folder that are known from before; an empty folder is strange then. */
  readonly knownFiles?: number;
  readonly logger: Logger;
  /** Gets all files whose names no program can use, whenever they are others than before. */
  readonly onMisnamed?: (paths: readonly string[]) => void;
}

export interface FolderWatch {
  /** Looks through the whole folder now; never rejects. */
  rescan(): Promise<void>;
  /** How files are found at present; `unavailable` while the folder cannot be listed. */
  condition(): FolderCondition;
  /** After it nothing is announced any more. */
  close(): Promise<void>;
}

/** System errors that mean that no further file can be listened to. */
const EXHAUSTED: ReadonlySet<unknown> = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

/**
 * Announces every finished file of a folder: those there at the start, and each one that is written or
 * changed later. The same path is announced again only after its size or modification time changed. Files
 * that settle together are announced in natural order of their paths.
 *
 * @throws Error where the folder cannot be listed at the start; later it may come and go
 */
export async function watchFolder(
  options: WatchOptions,
  onFinished: (path: string) => void,
): Promise<FolderWatch> {
  await requireFolder(options.folder);
  return followFolder(options, onFinished);
}

/** The same of a folder that may be away at the start too. */
export async function followFolder(
  options: WatchOptions,
  onFinished: (path: string) => void,
): Promise<FolderWatch> {
  const watch = new WatchedFolder(options, onFinished);
  await watch.rescan();
  return watch;
}

/** Events are hints and scans are the truth: either way a file passes through SettlingFiles. */
class WatchedFolder implements FolderWatch {
  readonly #options: WatchOptions;
  readonly #filter: PathFilter;
  readonly #older: OlderFiles;
  readonly #settling: SettlingFiles;
  readonly #canary: EventCanary;
  #events: FolderEvents | null = null;
  #isPolling: boolean;
  #isAvailable = true;
  #folderIdentity = '';
  #unreadableFolders = '';
  #misnamed = '';
  #filesBefore: number;
  #absence: 'unavailable' | 'emptied' | null = null;
  #lastScan: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: WatchOptions, onFinished: (path: string) => void) {
    this.#options = options;
    this.#filter = createPathFilter(options);
    this.#older = new OlderFiles(options);
    const announce = (path: string): void => this.#announce(path, onFinished);
    this.#settling = new SettlingFiles(options.stabilityMs, announce, (state) => !this.#older.has(state));
    this.#canary = new EventCanary(options);
    this.#isPolling = options.polling;
    this.#filesBefore = options.knownFiles ?? 0;
  }

  rescan(): Promise<void> {
    this.#lastScan = this.#lastScan.then(() => this.#scan());
    return this.#lastScan;
  }

  condition(): FolderCondition {
    if (!this.#isAvailable) return 'unavailable';
    if (this.#absence !== null) return this.#absence;
    if (this.#isPolling) return 'polling';
    return this.#canary.isDead() ? 'mute' : 'events';
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#settling.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    await this.#lastScan;
    this.#stopEvents();
  }

  async #scan(): Promise<void> {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    try {
      const scan = await scanFolder(this.#options.folder, this.#filter);
      this.#noteAbsence(scan);
      this.#follow(scan);
      this.#take(scan);
    } catch (error) {
      this.#lose(error);
    }
    if (!this.#closed) this.#timer = setTimeout(() => void this.rescan(), this.#options.rescanIntervalMs);
  }

  /**
   * A share that is not mounted any more leaves its empty mount point, which is another folder. In the same folder somebody
   * may have deleted all files.
   */
  #noteAbsence({ files, folderIdentity }: FolderScan): void {
    const { folder, logger } = this.#options;
    const before = this.#absence;
    // Those that events alone have found are in no scan yet.
    const filesBefore = Math.max(this.#filesBefore, this.#settling.announcedFiles);
    if (files.length > 0) {
      this.#filesBefore = files.length;
      this.#absence = null;
      if (before !== null) logger.info({ folder, files: files.length }, 'the export folder has files again');
    } else if (filesBefore > 0 && before === null) {
      const isOther = this.#folderIdentity !== '' && folderIdentity !== this.#folderIdentity;
      this.#absence = isOther ? 'unavailable' : 'emptied';
      logger.warn(
        { folder, files: filesBefore },
        isOther
          ? 'an empty folder lies where the export folder was: its share is not mounted; watching goes on when it is back'
          : 'all files of the export folder are gone; unless you deleted them, check its share',
      );
    }
  }

  /** One scan for many reasons; by then new folders are listened to. */
  #scanSoon(): void {
    if (this.#closed) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.rescan();
    }, this.#options.stabilityMs);
  }

  #take({ files: all, unreadableFolders, misnamed }: FolderScan): void {
    const { folder, logger } = this.#options;
    const files = this.#older.without(all);
    const news = files.filter(({ path, state }) => this.#settling.observe(path, state));
    logger.debug({ folder, files: files.length, news: news.length }, 'scanned the export folder');
    this.#canary.scanned(files, news);
    if (!this.#isPolling) this.#canary.tell();
    if (this.#absence === null && unreadableFolders.length === 0)
      this.#settling.forgetAllBut(new Set(files.map(({ path }) => path)));
    const badNames = misnamed.join('\n');
    if (badNames !== this.#misnamed) this.#options.onMisnamed?.(misnamed);
    this.#misnamed = badNames;
    const unreadable = unreadableFolders.toSorted().join('\n');
    if (unreadable !== '' && unreadable !== this.#unreadableFolders) {
      const some = unreadableFolders.slice(0, 5);
      logger.warn(
        { folder, unreadable: unreadableFolders.length, some },
        'folders in the export folder cannot be listed; check their permissions',
      );
    }
    this.#unreadableFolders = unreadable;
  }

  /** Listens to the folders that are there now, which may be others than at the last scan. */
  #follow({ folders, folderIdentity }: FolderScan): void {
    const { folder, logger } = this.#options;
    if (!this.#isAvailable) logger.info({ folder }, 'the export folder is back');
    this.#isAvailable = true;
    if (folderIdentity !== this.#folderIdentity) this.#stopEvents();
    this.#folderIdentity = folderIdentity;
    if (this.#isPolling) return;
    this.#events ??= listenToFolder(folder, this.#filter, {
      onHint: (path) => {
        this.#canary.heard();
        void this.#settling.lookAt(path);
      },
      onUnheard: () => this.#scanSoon(),
      onError: (error) => this.#doubtEvents(error),
    });
    this.#events.follow(folders);
  }

  #lose(error: unknown): void {
    const { folder, logger } = this.#options;
    if (this.#isAvailable) {
      const facts = { folder, reason: messageOf(error) };
      logger.warn(facts, 'the export folder is unavailable; watching goes on when it is back');
    }
    this.#isAvailable = false;
    this.#stopEvents();
  }

  #doubtEvents(error: unknown): void {
    const { folder, rescanIntervalMs, logger } = this.#options;
    const reason = messageOf(error);
    const isExhausted = error instanceof Error && 'code' in error && EXHAUSTED.has(error.code);
    if (!isExhausted) {
      // The next scan sees for itself, and says so if it fails.
      logger.debug({ folder, reason }, 'the export folder gave an error instead of an event');
    } else if (!this.#isPolling) {
      this.#isPolling = true;
      logger.warn(
        { folder, reason, rescanIntervalMs },
        'the system has no more file watches (fs.inotify.max_user_watches, max_user_instances, open files); ' +
          'new files are found by scans alone until the daemon is started again',
      );
      this.#stopEvents();
    }
  }

  #stopEvents(): void {
    this.#events?.close();
    this.#events = null;
  }

  #announce(path: string, onFinished: (path: string) => void): void {
    try {
      onFinished(path);
    } catch (error) {
      this.#options.logger.error({ path, reason: messageOf(error) }, 'a finished file could not be taken in');
    }
  }
}
