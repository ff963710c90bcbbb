import type { Config } from '../../config/schema.ts';
import { type Finding, failure, ok } from '../finding.ts';
import { type FolderLook, lookAtFolder } from '../folder-look.ts';

const CHECK = 'report folder';

/** Null where no files are wanted. */
export async function lookAtReportFolder({ report }: Config): Promise<FolderLook | null> {
  return report.folder === null ? null : lookAtFolder(report.folder);
}

export function judgeReportFolder(look: FolderLook | null): Finding {
  if (look === null) return ok(CHECK, 'none: report.folder is null, no files are written');
  const { folder, isThere, nearest, obstacle, user } = look;
  if (obstacle !== null) {
    const found = `${folder}: ${isThere ? 'cannot be written' : 'cannot be made'} by ${user} (${obstacle})`;
    return failure(CHECK, found, 'give it to the user that runs particled, or correct report.folder');
  }
  return ok(CHECK, isThere ? `${folder}: writable by ${user}` : `${folder}: will be made in ${nearest}`);
}
