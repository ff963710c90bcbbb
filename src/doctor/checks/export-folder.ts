import { accessSync, constants, opendirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { mountAt, thisUser } from '../folder-look.ts';
import { isNetwork, type Mount, mountText } from '../mounts.ts';

export interface ExportFolderLook {
  readonly folder: string;
  /** Why it cannot be listed; null where it can. */
  readonly obstacle: string | null;
  readonly mount: Mount | null;
  readonly user: string;
}

const CHECK = 'export folder';
const MEND = 'create it, mount its share, allow this user to read it, or correct watch.folder';

export async function lookAtExportFolder({ watch }: Config): Promise<ExportFolderLook> {
  const folder = resolve(watch.folder);
  const obstacle = obstacleIn(folder);
  return { folder, obstacle, mount: obstacle === null ? mountAt(folder) : null, user: thisUser() };
}

export function judgeExportFolder(
  { folder, obstacle, mount, user }: ExportFolderLook,
  { polling }: Pick<Config['watch'], 'polling'>,
): Finding {
  if (obstacle !== null) return failure(CHECK, `${folder}: cannot be read by ${user} (${obstacle})`, MEND);
  const where = mount === null ? '' : `, on ${mountText(mount)}`;
  const found = `${folder}: readable by ${user}${where}`;
  if (mount !== null && isNetwork(mount) && !polling) {
    return attention(CHECK, `${found}, which tells of no new files`, 'set watch.polling: true');
  }
  return ok(CHECK, found);
}

export function lateExportFolder({ watch }: Pick<Config, 'watch'>, lateAfterS: number): Finding {
  return failure(
    CHECK,
    `${watch.folder}: does not answer within ${lateAfterS} s`,
    'mount its share again, or look whether the computer that shares it is on',
  );
}

function obstacleIn(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return 'it is not a folder';
    accessSync(folder, constants.R_OK | constants.X_OK);
    const entries = opendirSync(folder);
    entries.readSync();
    entries.closeSync();
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
