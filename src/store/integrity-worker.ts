import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { connectReadOnly } from './connection.ts';
import { corruptText } from './damage.ts';
import { text } from './row.ts';

/** A thread that reads the large tables of a store through, which takes seconds a gigabyte, and says what is damaged. */
const { path, tables }: { path: string; tables: readonly string[] } = workerData;

function firstFinding(): string | null {
  const database = connectReadOnly(path);
  try {
    for (const table of tables) {
      const found = text(database.prepare(`PRAGMA quick_check('${table}')`).get(), 'quick_check');
      if (found !== 'ok') return corruptText(path, `table ${table}: ${found}`);
    }
    return null;
  } finally {
    database.close();
  }
}

try {
  parentPort?.postMessage(firstFinding());
} catch (error) {
  parentPort?.postMessage(messageOf(error));
}
