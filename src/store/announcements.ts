import type { DatabaseSync } from 'node:sqlite';
import { text } from './row.ts';

/** Topics outside of the daemon's own where it has something retained, so that it can take it away. */
export interface Announcements {
  topics(): string[];
  /** It may be said again. */
  remember(topic: string): void;
  forget(topic: string): void;
}

export function createAnnouncements(database: DatabaseSync): Announcements {
  const all = database.prepare('SELECT topic FROM announcements ORDER BY topic');
  const add = database.prepare('INSERT INTO announcements (topic) VALUES (?) ON CONFLICT DO NOTHING');
  const remove = database.prepare('DELETE FROM announcements WHERE topic = ?');
  return {
    topics: () => all.all().map((row) => text(row, 'topic')),
    remember: (topic) => void add.run(topic),
    forget: (topic) => void remove.run(topic),
  };
}
