import type { DatabaseSync } from 'node:sqlite';
import { type Announcements, createAnnouncements } from './announcements.ts';
import { type Changes, createChanges } from './changes.ts';
import { connect, connectReadOnly } from './connection.ts';
import { type Corrections, createCorrections } from './corrections.ts';
import { absence } from './damage.ts';
import { createExpectations, type Expectations } from './expectations.ts';
import { createFileSize, type FileSize } from './file-size.ts';
import { createFiles, type Files } from './files.ts';
import { createFinished, type Finished } from './finished.ts';
import { storeId } from './identity.ts';
import { createKeptRows, type KeptRows } from './kept-rows.ts';
import { createMails, type Mails } from './mails.ts';
import { createModelChecks, type ModelChecks } from './model-checks.ts';
import { createNeighbours, type Neighbours } from './neighbours.ts';
import { createEnqueue, createOutbox, type Outbox } from './outbox.ts';
import { createOutlines, type Outlines } from './outlines.ts';
import { createParticles, type Particles } from './particles.ts';
import { createPrecisions, type Precisions } from './precisions.ts';
import { createResults, type Results } from './results.ts';
import { createRuns, type Runs } from './runs.ts';
import { createShadows, type Shadows } from './shadows.ts';
import { createSummaries, type Summaries } from './summaries.ts';
import { createTiles, type Tiles } from './tiles.ts';
import { snapshot } from './transaction.ts';
import { createUnusableFiles, type UnusableFiles } from './unusable.ts';

/** Everything the daemon must remember across a crash, in one SQLite file. The daemon is its only writer. */
export interface Store {
  readonly runs: Runs;
  readonly tiles: Tiles;
  readonly results: Results;
  readonly particles: Particles;
  readonly outlines: Outlines;
  readonly corrections: Corrections;
  readonly summaries: Summaries;
  readonly precisions: Precisions;
  readonly finished: Finished;
  readonly mails: Mails;
  readonly modelChecks: ModelChecks;
  readonly expectations: Expectations;
  readonly unusable: UnusableFiles;
  readonly neighbours: Neighbours;
  readonly files: Files;
  readonly outbox: Outbox;
  readonly shadows: Shadows;
  readonly keptRows: KeptRows;
  readonly fileSize: FileSize;
  readonly changes: Changes;
  /** Which database this is. */
  readonly id: string;
  readonly announcements: Announcements;
  /** Why the file is no longer the one that was opened, and what to do; null where it is. */
  absence(): string | null;
  close(): void;
}

/** What may be read beside the writer, from a worker thread or another command. */
export interface StoreReader {
  readonly runs: Pick<
    Runs,
    'get' | 'from' | 'inState' | 'ofSample' | 'named' | 'all' | 'latest' | 'lastTileAtMs'
  >;
  readonly tiles: Pick<
    Tiles,
    'get' | 'withContent' | 'ofRun' | 'placesOfRun' | 'countByState' | 'countAgain'
  >;
  readonly particles: Particles;
  readonly outlines: Outlines;
  readonly corrections: Pick<Corrections, 'get' | 'ofTile' | 'ofRun' | 'inForce'>;
  readonly summaries: Pick<Summaries, 'latest' | 'ofRun'>;
  readonly precisions: Pick<Precisions, 'ofRun'>;
  readonly finished: Finished;
  readonly mails: Pick<Mails, 'latest'>;
  readonly modelChecks: Pick<ModelChecks, 'latest'>;
  readonly outbox: Pick<Outbox, 'depth'>;
  readonly expectations: Pick<Expectations, 'get'>;
  readonly unusable: Pick<UnusableFiles, 'get' | 'all' | 'latest' | 'count' | 'groups' | 'groupsBesideRun'>;
  readonly changes: Changes;
  readonly shadows: Pick<Shadows, 'counts' | 'latestModel' | 'runsOf' | 'ofRun' | 'ofTile'>;
  /** Everything that `read` reads is of one moment, whatever is written meanwhile. */
  snapshot<T>(read: () => T): T;
  close(): void;
}

/**
 * Opens the store, creating or migrating it where needed; `:memory:` for one that is forgotten.
 * @throws StoreError when the file is corrupt, foreign, written by a newer version or cannot be opened
 */
export function openStore(path: string): Store {
  return storeOver(connect(path));
}

/**
 * Opens an existing store for reading only.
 * @throws StoreError as {@link openStore}, and when the file is missing or not yet migrated
 */
export function openStoreReadOnly(path: string): StoreReader {
  const database = connectReadOnly(path);
  return { ...storeOver(database), snapshot: (read) => snapshot(database, read) };
}

function storeOver(database: DatabaseSync): Store {
  const files = createFiles(database);
  const enqueue = createEnqueue(database);
  return {
    runs: createRuns(database),
    tiles: createTiles(database, files),
    results: createResults(database, enqueue),
    particles: createParticles(database),
    outlines: createOutlines(database),
    corrections: createCorrections(database),
    summaries: createSummaries(database, enqueue),
    precisions: createPrecisions(database),
    finished: createFinished(database),
    mails: createMails(database),
    modelChecks: createModelChecks(database),
    expectations: createExpectations(database),
    unusable: createUnusableFiles(database, enqueue),
    neighbours: createNeighbours(database),
    files,
    outbox: createOutbox(database),
    shadows: createShadows(database),
    keptRows: createKeptRows(database),
    fileSize: createFileSize(database),
    changes: createChanges(database),
    id: storeId(database),
    announcements: createAnnouncements(database),
    absence: () => absence(database),
    close: () => database.close(),
  };
}
