import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import { peekStore, type StoreContent } from '../../store/peek.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { type FolderLook, lookAtFolder } from '../folder-look.ts';
import { type Holder, holdersOf } from '../holders.ts';
import { isNetwork, mountText } from '../mounts.ts';

export interface StoreLook {
  readonly file: string;
  readonly folder: FolderLook;
  /** Null: there is none yet. */
  readonly there: {
    readonly isFile: boolean;
    readonly belongsToUser: boolean;
    /** Why this user cannot write it, or the files that SQLite keeps beside it. */
    readonly obstacle: string | null;
    readonly content: StoreContent;
    /** The last changes wait in the -wal file: the program ended without a farewell. */
    readonly hasUnsaved: boolean;
  } | null;
  readonly holders: readonly Holder[];
}

const CHECK = 'store';
const GIVE = 'run particled and its doctor as the same user, and give the file to it (chown)';

export async function lookAtStore({ store }: Config): Promise<StoreLook> {
  const file = resolve(store.file);
  const folder = lookAtFolder(dirname(file));
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return { file, folder, there: null, holders: [] };
  const holders = holdersOf(file);
  // A copier that has it open is no program that works in it, and reading beside it would make a -shm file.
  const isWorkedIn = holders.length > 0 && existsSync(`${file}-shm`);
  const wal = statSync(`${file}-wal`, { throwIfNoEntry: false });
  const there = {
    isFile: stats.isFile(),
    belongsToUser: stats.uid === process.getuid?.(),
    obstacle: obstacleIn([file, `${file}-wal`, `${file}-shm`]),
    content: stats.isFile() ? peekStore(file, isWorkedIn) : ({ kind: 'foreign' } as const),
    hasUnsaved: !isWorkedIn && wal !== undefined && wal.size > 0,
  };
  return { file, folder, there, holders };
}

export function judgeStore(look: StoreLook): Finding[] {
  return [judgeFile(look), judgeHolders(look)];
}

function judgeFile({ file, folder, there }: StoreLook): Finding {
  const { mount, obstacle, user } = folder;
  if (mount !== null && isNetwork(mount)) {
    const found = `${file}: lies on ${mountText(mount)}, where locks are not to be relied on`;
    return failure(CHECK, found, 'put store.file on a disk of this computer');
  }
  if (obstacle !== null) {
    const found = `${folder.folder}: ${folder.isThere ? 'cannot be written' : 'cannot be made'} by ${user} (${obstacle})`;
    return failure(CHECK, found, 'give the folder to the user that runs particled, or correct store.file');
  }
  if (there === null) {
    const made = folder.isThere ? '' : `, with its folder in ${folder.nearest}`;
    return ok(CHECK, `${file}: is not there yet, the first start makes it${made}`);
  }
  if (!there.isFile) return failure(CHECK, `${file}: is not a file`, 'give store.file the name of a file');
  if (there.obstacle !== null)
    return failure(CHECK, `${file}: cannot be written by ${user} (${there.obstacle})`, GIVE);
  return judgeContent(file, user, there);
}

function judgeContent(file: string, user: string, there: NonNullable<StoreLook['there']>): Finding {
  const { content, belongsToUser, hasUnsaved } = there;
  const unsaved = hasUnsaved ? '; its last changes wait in the -wal file for the next start' : '';
  switch (content.kind) {
    case 'unreadable':
      return failure(
        CHECK,
        `${file}: cannot be opened (${content.reason})`,
        'stop the daemon, restore a backup or move the file away with its -wal and -shm files; tiles still in the export folder are read afresh',
      );
    case 'foreign':
      return failure(CHECK, `${file}: is another program's file`, 'give store.file a file of its own');
    case 'empty':
      return ok(CHECK, `${file}: has no tables yet, the next start makes them${unsaved}`);
    case 'ours':
      break;
  }
  const { version, known } = content;
  if (version > known) {
    const found = `${file}: has tables of version ${version}, this particled knows ${known}`;
    return failure(CHECK, found, 'it was written by a newer particled: install that one');
  }
  const next = version < known ? `, which the next start brings to ${known}` : '';
  const found = `${file}: opens, tables of version ${version}${next}${unsaved}`;
  if (!belongsToUser) return attention(CHECK, `${found}; it does not belong to ${user}`, GIVE);
  return ok(CHECK, found);
}

/** Whoever runs on it is not disturbed by a look, though two daemons would fall over each other. */
function judgeHolders({ holders }: StoreLook): Finding {
  if (holders.length === 0) return ok('daemon', 'none runs on this store');
  const names = holders.map(({ pid, command }) => `process ${pid}${command === '' ? '' : ` (${command})`}`);
  return attention(
    'daemon',
    `${names.join(', ')} has this store open, and was not disturbed`,
    'start no second one on it; if it is the service, all is well',
  );
}

function obstacleIn(files: readonly string[]): string | null {
  for (const file of files) {
    try {
      if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
    } catch (error) {
      return messageOf(error);
    }
  }
  return null;
}
