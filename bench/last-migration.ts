import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../src/store/migrations.ts';

interface Made {
  readonly type: string;
  readonly name: string;
}

/** Takes away the tables, indexes and triggers that the last migration made, so that the next opening makes them again. */
export function undoLastMigration(file: string): void {
  const before = new Set(madeBy(migrations.slice(0, -1)).map(({ name }) => name));
  const database = new DatabaseSync(file);
  try {
    for (const { type, name } of madeBy(migrations).toReversed())
      if (!before.has(name)) database.exec(`DROP ${type} IF EXISTS ${name}`);
    database.exec(`PRAGMA user_version = ${migrations.length - 1}`);
  } finally {
    database.close();
  }
}

function madeBy(steps: readonly string[]): Made[] {
  const database = new DatabaseSync(':memory:');
  for (const step of steps) database.exec(step);
  const made = database.prepare('SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL').all();
  database.close();
  return made.map(({ type, name }) => ({ type: String(type), name: String(name) }));
}
