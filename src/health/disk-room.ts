import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../logger.ts';
import { bytesText } from '../report/night/conditions.ts';

/** Whether the disks have room, as of the last look. */
export interface DiskRoom {
  /** Outlines may be written. */
  readonly forOverlays: boolean;
  /** Files of samples may be written. */
  readonly forReports: boolean;
  /** Tiles may be read and segmented. */
  readonly forTiles: boolean;
  /** What is no longer written, and what to do; empty where all is. */
  notices(): string[];
  /** What tiles wait for; null where they do not. */
  trouble(): string | null;
  stop(): void;
}

/** Room on all disks, for a walk that ends by itself. */
export const enoughRoom: Pick<DiskRoom, 'forOverlays' | 'forReports' | 'forTiles' | 'trouble'> = {
  forOverlays: true,
  forReports: true,
  forTiles: true,
  trouble: () => null,
};

const LOOK_EVERY_MS = 2_000;
const GB = 1e9;
/** What is stopped begins again with so much more room than it stopped with, so that it does not flicker. */
const RESUMES_AT = 1.1;

interface Disk {
  readonly key: 'store.file' | 'report.folder';
  readonly folder: string;
  freeBytes: number;
  short: 'no' | 'overlays' | 'tiles';
}

/**
 * Looks at the free bytes of the disks of store and reports, and gives up the least needed first: outlines, then tiles, which
 * wait in the export folder. The room that is left lets SQLite write and checkpoint what is under way. A disk that does not
 * answer keeps its last word.
 */
export async function watchDiskRoom(
  { store, report, disk }: Pick<Config, 'store' | 'report' | 'disk'>,
  logger: Logger,
  everyMs = LOOK_EVERY_MS,
): Promise<DiskRoom> {
  const disks: Disk[] = [diskOf('store.file', dirname(store.file))];
  if (report.folder !== null) disks.push(diskOf('report.folder', report.folder));
  const limits = { overlays: disk.overlaysFreeGb * GB, tiles: disk.tilesFreeGb * GB };
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      for (const one of disks) {
        const freeBytes = await freeBytesOf(one.folder);
        if (freeBytes !== null) judge(one, freeBytes, limits, logger);
      }
    } finally {
      looking = false;
    }
  }

  await Promise.race([look(), new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS).unref())]);
  const timer = setInterval(() => void look(), everyMs);
  const storeDisk = disks[0]!;
  const reportDisk = disks[1];
  const isTight = (one: Disk | undefined): boolean => one !== undefined && one.short !== 'no';
  return {
    get forOverlays() {
      return !isTight(storeDisk) && !isTight(reportDisk);
    },
    get forReports() {
      return reportDisk?.short !== 'tiles';
    },
    get forTiles() {
      return storeDisk.short !== 'tiles';
    },
    notices: () =>
      disks.filter(isTight).map(({ key, folder, freeBytes, short }) => {
        const left = `only ${bytesText(freeBytes)} free for ${folder} (${key})`;
        const without =
          short === 'tiles' && key === 'report.folder'
            ? 'no files of samples are written; they follow'
            : 'outlines of tiles are no longer kept, sizes are';
        return `${left}, so ${without}; make room: ${bytesText(limits[short === 'tiles' ? 'tiles' : 'overlays'] * RESUMES_AT)} or more, or let retention.* delete what is old`;
      }),
    trouble: () =>
      storeDisk.short === 'tiles'
        ? `only ${bytesText(storeDisk.freeBytes)} free for ${storeDisk.folder} (store.file), less than disk.tilesFreeGb (${disk.tilesFreeGb}); make room: they go on by themselves at ${bytesText(limits.tiles * RESUMES_AT)}`
        : null,
    stop: () => clearInterval(timer),
  };
}

function judge(
  one: Disk,
  freeBytes: number,
  limits: { readonly overlays: number; readonly tiles: number },
  logger: Logger,
): void {
  const before = one.short;
  const under = (limit: number, wasUnder: boolean): boolean =>
    freeBytes < limit * (wasUnder ? RESUMES_AT : 1);
  one.freeBytes = freeBytes;
  one.short = under(limits.tiles, before === 'tiles')
    ? 'tiles'
    : under(limits.overlays, before !== 'no')
      ? 'overlays'
      : 'no';
  if (one.short === before) return;
  const facts = { folder: one.folder, freeBytes };
  if (one.short === 'no') logger.info(facts, 'the disk has room again; all goes on');
  else if (one.short === 'overlays') logger.warn(facts, 'the disk is filling; outlines are no longer kept');
  else logger.error(facts, 'the disk is nearly full; what writes to it waits');
}

function diskOf(key: Disk['key'], folder: string): Disk {
  return { key, folder, freeBytes: Number.POSITIVE_INFINITY, short: 'no' };
}

/** Of a folder that is not made yet, the disk where it will be; null where nobody can say. */
/** On the disk of a folder, which may not be there yet; null where it does not say. */
export async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const above = dirname(folder);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && above !== folder ? freeBytesOf(above) : null;
  }
}
