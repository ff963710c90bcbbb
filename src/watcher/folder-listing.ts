import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { naturalKey } from './natural-order.ts';
import type { PathFilter } from './path-filter.ts';

/** A folder of any size, listed once: the names lie in a temporary file of the system, so that memory holds a few of them. */
export interface FolderListing {
  /** Accepted files. */
  readonly count: number;
  /** Folders inside that could not be listed. */
  readonly unreadableFolders: readonly string[];
  /** Files and folders whose names are not UTF-8, so that they cannot be opened under the name that is shown. */
  readonly misnamed: readonly string[];
  /** The files folder by folder, all in natural order, at most so many at once. */
  pages(size: number): Generator<ListedFiles>;
  close(): void;
}

export interface ListedFiles {
  /** The folder that holds them. */
  readonly folder: string;
  readonly paths: readonly string[];
}

/** What stands in a name for bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';
/** Names taken between two turns of the event loop. */
const NAMES_PER_TURN = 256;

/**
 * Lists the accepted files of a folder and of the folders in it, as `scanFolder` does, which looks at each of them too.
 * Symbolic links are not followed.
 *
 * @throws the system's error where the folder itself cannot be listed
 */
export async function listFolder(folder: string, filter: PathFilter): Promise<FolderListing> {
  const names = createNames();
  const unreadableFolders: string[] = [];
  const misnamed: string[] = [];
  let count = 0;

  async function noteEntries(inside: string, pending: string[]): Promise<void> {
    const folderId = names.addFolder(inside);
    let taken = 0;
    for await (const entry of await opendir(join(folder, inside), { bufferSize: NAMES_PER_TURN })) {
      if (++taken % NAMES_PER_TURN === 0) await setImmediate();
      const relativePath = join(inside, entry.name);
      if (entry.isDirectory() && !filter.skipsFolder(relativePath)) pending.push(relativePath);
      if (!entry.isFile() || !filter.accepts(relativePath)) continue;
      const path = join(folder, relativePath);
      if (path.includes(REPLACEMENT) && !(await isThere(path))) misnamed.push(path);
      else {
        names.add(folderId, entry.name);
        count++;
      }
    }
  }

  try {
    const pending = [''];
    for (let inside = pending.pop(); inside !== undefined; inside = pending.pop()) {
      try {
        await noteEntries(inside, pending);
      } catch (error) {
        if (inside === '') throw error;
        const path = join(folder, inside);
        // A folder deleted meanwhile has nothing to say; any other failure is worth a word.
        const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        if (isGone && path.includes(REPLACEMENT)) misnamed.push(path);
        else if (!isGone) unreadableFolders.push(path);
      }
    }
  } catch (error) {
    names.close();
    throw error;
  }
  return {
    ...{ count, unreadableFolders, misnamed: misnamed.toSorted(), close: names.close },
    *pages(size) {
      for (const { inside, found } of names.pages(size))
        yield { folder: join(folder, inside), paths: found.map((name) => join(folder, inside, name)) };
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Names by folder in a database without a name, which SQLite keeps in a temporary file and deletes as it closes. */
function createNames() {
  const database = new DatabaseSync('');
  database.exec(`
    PRAGMA journal_mode = OFF;
    CREATE TABLE folders (id INTEGER PRIMARY KEY, inside TEXT NOT NULL, key TEXT NOT NULL) STRICT;
    CREATE TABLE names (folder INTEGER, key TEXT, name TEXT, PRIMARY KEY (folder, key, name)) STRICT, WITHOUT ROWID;
    BEGIN`);
  const addFolder = database.prepare('INSERT INTO folders (inside, key) VALUES (?, ?)');
  const addName = database.prepare('INSERT INTO names (folder, key, name) VALUES (?, ?, ?)');
  const folders = database.prepare('SELECT id, inside FROM folders ORDER BY key, inside');
  const after = database.prepare(
    'SELECT key, name FROM names WHERE folder = ? AND (key, name) > (?, ?) ORDER BY key, name LIMIT ?',
  );
  return {
    addFolder: (inside: string) => addFolder.run(inside, naturalKey(inside)).lastInsertRowid,
    add: (folder: number | bigint, name: string) => void addName.run(folder, naturalKey(name), name),
    *pages(size: number) {
      for (const { id, inside } of folders.all()) {
        let last = ['', ''];
        for (;;) {
          const rows = after.all(Number(id), last[0]!, last[1]!, size);
          const found = rows.map(({ name }) => String(name));
          const end = rows.at(-1);
          if (end === undefined) break;
          yield { inside: String(inside), found };
          last = [String(end.key), String(end.name)];
        }
      }
    },
    close: () => database.close(),
  };
}
