/** The tables of the first version. */
export const firstTables = `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    sample_id TEXT NOT NULL,       -- topic segment of the label
    sample_label TEXT NOT NULL,    -- as typed at the microscope
    name TEXT NOT NULL,            -- the run's id in topics
    folder TEXT NOT NULL,
    instrument_id TEXT NOT NULL,
    pixel_size_nm REAL NOT NULL CHECK (pixel_size_nm > 0),
    state TEXT NOT NULL CHECK (state IN ('filling', 'complete', 'stalled')),
    revision INTEGER NOT NULL,     -- of the latest summary; 0 before the first
    created_at_ms INTEGER NOT NULL,
    last_tile_at_ms INTEGER NOT NULL,
    UNIQUE (sample_id, name)
  ) STRICT;
  CREATE INDEX runs_by_origin ON runs (sample_label, folder, instrument_id);

  CREATE TABLE tiles (
    id INTEGER PRIMARY KEY,
    content_hash TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,            -- where the content was last seen
    size_bytes INTEGER NOT NULL,
    modified_at_ms REAL NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    stage_x_um REAL NOT NULL,
    stage_y_um REAL NOT NULL,
    field_width_um REAL NOT NULL,
    field_height_um REAL NOT NULL,
    grid_row INTEGER,
    grid_column INTEGER,
    metadata TEXT NOT NULL CHECK (json_valid(metadata)),
    state TEXT NOT NULL CHECK (state IN ('seen', 'segmented', 'failed', 'superseded')),
    attempts INTEGER NOT NULL,
    reason TEXT,                   -- of the last failed attempt
    model TEXT CHECK (json_valid(model)),
    quality TEXT CHECK (json_valid(quality)),
    seen_at_ms INTEGER NOT NULL,
    CHECK ((grid_row IS NULL) = (grid_column IS NULL))
  ) STRICT;
  CREATE INDEX tiles_by_run ON tiles (run_id, state);
  CREATE INDEX tiles_waiting ON tiles (attempts, id) WHERE state = 'seen';

  CREATE TABLE particles (
    tile_id INTEGER NOT NULL REFERENCES tiles (id),
    number INTEGER NOT NULL,       -- place in the tile's list, from 0
    area_um2 REAL NOT NULL,
    diameter_equivalent_um REAL NOT NULL,
    diameter_feret_min_um REAL NOT NULL,
    diameter_feret_max_um REAL NOT NULL,
    perimeter_um REAL NOT NULL,
    aspect_ratio REAL NOT NULL,
    circularity REAL NOT NULL,
    solidity REAL NOT NULL,
    centroid_stage_x_um REAL NOT NULL,
    centroid_stage_y_um REAL NOT NULL,
    centroid_x_px REAL NOT NULL,
    centroid_y_px REAL NOT NULL,
    box_x_px REAL NOT NULL,
    box_y_px REAL NOT NULL,
    box_width_px REAL NOT NULL,
    box_height_px REAL NOT NULL,
    touches_border INTEGER NOT NULL CHECK (touches_border IN (0, 1)),
    objectness REAL NOT NULL,
    confidence REAL NOT NULL,
    certain INTEGER NOT NULL CHECK (certain IN (0, 1)),
    PRIMARY KEY (tile_id, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE files (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_at_ms REAL NOT NULL,
    content_hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX files_by_content ON files (content_hash);

  CREATE TABLE unusable_files (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_at_ms REAL NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    may_recover INTEGER NOT NULL CHECK (may_recover IN (0, 1)),
    at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE summaries (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filling', 'complete', 'stalled')),
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    PRIMARY KEY (run_id, revision)
  ) STRICT;

  -- AUTOINCREMENT never gives a number twice, even after its row is deleted: the id is the sequence number.
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    retain INTEGER NOT NULL CHECK (retain IN (0, 1)),
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  `;
