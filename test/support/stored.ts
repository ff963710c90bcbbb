import { onTestFinished } from 'vitest';
import { connectReadOnly } from '../../src/store/connection.ts';
import { openStoreReadOnly, type StoreReader } from '../../src/store/database.ts';
import { createOutbox } from '../../src/store/outbox.ts';

/** A daemon's store, read beside it. */
export interface Stored extends StoreReader {
  /** Messages that no broker has acknowledged. */
  outboxDepth(): number;
}

export function stored(storeFile: string): Stored {
  const reader = openStoreReadOnly(storeFile);
  const database = connectReadOnly(storeFile);
  const outbox = createOutbox(database);
  onTestFinished(() => {
    reader.close();
    database.close();
  });
  return { ...reader, outboxDepth: () => outbox.depth() };
}
