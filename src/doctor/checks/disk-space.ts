import { statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { bytesText, type DiskSpace, FREE_BYTES_MIN } from '../../report/night/conditions.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { nearestThere } from '../folder-look.ts';

export async function lookAtDisks({ store, report }: Config): Promise<DiskSpace[]> {
  const ofStore = diskOf('store', dirname(store.file));
  return report.folder === null ? [ofStore] : [ofStore, diskOf('reports', report.folder)];
}

export function judgeDisk({ use, folder, space }: DiskSpace, { disk }: Pick<Config, 'disk'>): Finding {
  const check = `disk space, ${use}`;
  if (space === null) return attention(check, `${folder}: cannot be asked`, 'look at it with df');
  const found = `${folder}: ${bytesText(space.freeBytes)} of ${bytesText(space.totalBytes)} free`;
  const advice = `make room, ${bytesText(FREE_BYTES_MIN)} or more, or choose another disk`;
  if (space.freeBytes < disk.tilesFreeGb * 1e9) {
    const waiting = use === 'store' ? 'tiles wait' : 'files of samples wait';
    return failure(check, `${found}, so ${waiting} (disk.tilesFreeGb)`, advice);
  }
  return space.freeBytes < FREE_BYTES_MIN ? attention(check, found, advice) : ok(check, found);
}

/** Of a folder that is not there yet, the disk where it will be. */
function diskOf(use: DiskSpace['use'], folder: string): DiskSpace {
  try {
    const { bavail, blocks, bsize } = statfsSync(nearestThere(resolve(folder)));
    return { use, folder, space: { freeBytes: bavail * bsize, totalBytes: blocks * bsize } };
  } catch {
    return { use, folder, space: null };
  }
}
