import type { DatabaseSync } from 'node:sqlite';
import { number } from './row.ts';
import { StoreError } from './store-error.ts';
import { firstTables } from './tables/first-tables.ts';
import { historyTables } from './tables/history-tables.ts';
import { reviewTables } from './tables/review-tables.ts';
import { shadowTables } from './tables/shadow-tables.ts';
import { transaction } from './transaction.ts';

/** Each entry leads from the version that is its index to the next; entries are never edited, only added. */
export const migrations: readonly string[] = [
  firstTables,
  `
  ALTER TABLE particles ADD COLUMN cuts TEXT CHECK (json_valid(cuts)); -- where borders cut it; NULL: nowhere
  ALTER TABLE runs ADD COLUMN sufficient_at_ms INTEGER;  -- when the target precision was first reached
  ALTER TABLE runs ADD COLUMN analysis TEXT CHECK (json_valid(analysis)); -- model or thresholds asked for instead
  ALTER TABLE runs ADD COLUMN finalised_at_ms INTEGER;   -- when a controller ended it
  -- 1: segmented, and to be segmented again; its result counts until the next takes its place.
  ALTER TABLE tiles ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));
  CREATE INDEX tiles_again ON tiles (run_id, attempts, id) WHERE again = 1;

  -- What a controller expects of the next runs of a sample.
  CREATE TABLE expectations (
    sample_id TEXT PRIMARY KEY,
    expectation TEXT NOT NULL CHECK (json_valid(expectation)),
    at_ms INTEGER NOT NULL
  ) STRICT;

  -- One mail for each local date; its row is the promise that there is no second one.
  CREATE TABLE mails (
    local_date TEXT PRIMARY KEY,   -- the night's date, YYYY-MM-DD
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given-up', 'not-owed')),
    attempts INTEGER NOT NULL,     -- begun ones
    next_attempt_at_ms INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    sent_at_ms INTEGER,
    reason TEXT                    -- of the last failed attempt, or why some addresses did not get it
  ) STRICT;
  CREATE INDEX summaries_finished ON summaries (json_extract(payload, '$.at')) WHERE state <> 'filling';
  `,
  `
  ALTER TABLE tiles ADD COLUMN sight TEXT CHECK (json_valid(sight)); -- how the network saw it; NULL: nobody noted
  `,
  `
  -- The version and model with which a start last looked again at a tile that was given up; NULL: none did.
  ALTER TABLE tiles ADD COLUMN looked_again_with TEXT;
  `,
  `
  -- Which database this is: sequence numbers of two databases tell nothing of each other.
  CREATE TABLE store (id TEXT NOT NULL) STRICT;
  INSERT INTO store (id) VALUES (lower(hex(randomblob(16))));
  `,
  `
  ALTER TABLE files ADD COLUMN changed_at_ms REAL; -- when the system last changed it; NULL: nobody noted
  `,
  `
  -- How the models' known answers came out, night by night.
  CREATE TABLE model_checks (
    at_ms INTEGER NOT NULL,
    model TEXT NOT NULL,
    arithmetic TEXT NOT NULL,
    figures TEXT,                  -- against the known ones; NULL: the model brings no answer
    deviation TEXT                 -- why it computes otherwise than it should; NULL: it does not
  ) STRICT;
  CREATE INDEX model_checks_by_time ON model_checks (at_ms);
  `,
  `
  -- Topics outside of the daemon's own where it has something retained, as a device of Home Assistant.
  CREATE TABLE announcements (topic TEXT PRIMARY KEY) STRICT;
  `,
  `
  ALTER TABLE runs ADD COLUMN finalised TEXT CHECK (json_valid(finalised)); -- who ended it and why, as they said

  -- A CHECK cannot be altered, so each state moves into a column that knows one word more.
  ALTER TABLE runs ADD COLUMN told TEXT NOT NULL DEFAULT 'filling'
    CHECK (told IN ('filling', 'complete', 'stalled', 'finalised'));
  UPDATE runs SET told = iif(state = 'stalled' AND finalised_at_ms IS NOT NULL, 'finalised', state);
  ALTER TABLE runs DROP COLUMN state;
  ALTER TABLE runs RENAME COLUMN told TO state;

  DROP INDEX summaries_finished;
  ALTER TABLE summaries ADD COLUMN told TEXT NOT NULL DEFAULT 'filling'
    CHECK (told IN ('filling', 'complete', 'stalled', 'finalised'));
  UPDATE summaries SET told = state;
  ALTER TABLE summaries DROP COLUMN state;
  ALTER TABLE summaries RENAME COLUMN told TO state;
  CREATE INDEX summaries_finished ON summaries (json_extract(payload, '$.at')) WHERE state <> 'filling';
  `,
  `
  -- NULL: all there. Else its particles count as deleted, after so many days, whether some are left or not.
  ALTER TABLE runs ADD COLUMN rows_deleted_after_days REAL;
  ALTER TABLE runs ADD COLUMN rows_left INTEGER NOT NULL DEFAULT 1 CHECK (rows_left IN (0, 1));

  -- Days since 1970, in UTC, on which particled was there.
  CREATE TABLE days_seen (day INTEGER PRIMARY KEY) STRICT;
  INSERT OR IGNORE INTO days_seen SELECT at_ms / 86400000 FROM model_checks;
  INSERT OR IGNORE INTO days_seen SELECT seen_at_ms / 86400000 FROM tiles;
  `,
  `
  -- Who says how large a pixel is: the files, or somebody who stated it.
  ALTER TABLE runs ADD COLUMN pixel_size_source TEXT NOT NULL DEFAULT 'file'
    CHECK (pixel_size_source IN ('file', 'stated'));
  ALTER TABLE runs ADD COLUMN placed INTEGER NOT NULL DEFAULT 1 CHECK (placed IN (0, 1)); -- 0: no tile has a stage position

  -- NULL: nobody says where the tile is. A NOT NULL cannot be altered, so each position moves into a column without.
  ALTER TABLE tiles ADD COLUMN centre_x_um REAL;
  ALTER TABLE tiles ADD COLUMN centre_y_um REAL;
  UPDATE tiles SET centre_x_um = stage_x_um, centre_y_um = stage_y_um;
  ALTER TABLE tiles DROP COLUMN stage_x_um;
  ALTER TABLE tiles DROP COLUMN stage_y_um;
  ALTER TABLE tiles RENAME COLUMN centre_x_um TO stage_x_um;
  ALTER TABLE tiles RENAME COLUMN centre_y_um TO stage_y_um;
  `,
  `
  -- Operator and note as they stood when the run ended; NULL: as its sample's expectation has them.
  ALTER TABLE runs ADD COLUMN remarks TEXT CHECK (json_valid(remarks));
  `,
  `
  -- Of an image that is no tile of the run that it came beside: that run, where there is one, and what a run would be known by.
  ALTER TABLE unusable_files ADD COLUMN kept_out_of INTEGER REFERENCES runs (id);
  ALTER TABLE unusable_files ADD COLUMN run_key TEXT CHECK (json_valid(run_key));
  CREATE INDEX unusable_by_run ON unusable_files (kept_out_of);
  `,
  `
  -- Outlines of a tile's particles (outline-bytes.ts); no row: a version before them segmented the tile.
  CREATE TABLE outlines (
    tile_id INTEGER PRIMARY KEY REFERENCES tiles (id),
    bytes BLOB NOT NULL
  ) STRICT;
  `,
  reviewTables,
  `
  -- How a run's figures narrowed as its tiles came: it stays when the summaries on the way are forgotten.
  CREATE TABLE precisions (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    tiles INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    figures TEXT NOT NULL CHECK (json_valid(figures)),
    PRIMARY KEY (run_id, tiles)
  ) STRICT, WITHOUT ROWID;
  `,
  shadowTables,
  historyTables,
];

export const schemaVersion = migrations.length;

/** Brings the tables to this program's version, one transaction for each step. */
export function migrate(database: DatabaseSync, path: string): void {
  const version = number(database.prepare('PRAGMA user_version').get(), 'user_version');
  if (version > schemaVersion) {
    throw new StoreError(
      `${path}: has schema ${version}, this particled knows ${schemaVersion}; it was written by a newer version, so upgrade`,
    );
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    transaction(database, () => database.exec(`${migration}; PRAGMA user_version = ${index + 1};`));
  }
}
