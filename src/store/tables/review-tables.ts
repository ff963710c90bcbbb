/** What people say of particles, and what counts instead of what models found: one migration, never edited. */
export const reviewTables = `
  ALTER TABLE tiles ADD COLUMN results INTEGER NOT NULL DEFAULT 0; -- how often it was segmented, since this column is there
  -- 1: what counts are the particles of reviewed_particles; those of the model stay beside.
  ALTER TABLE tiles ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0 CHECK (reviewed IN (0, 1));

  -- Each time a run's corrections were asked to count.
  CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    reviewer TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    revision INTEGER               -- the first that says so; NULL: still owed
  ) STRICT;
  CREATE INDEX reviews_by_run ON reviews (run_id);

  -- What somebody said of a tile's particles; only undoing and reviews change a row.
  CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tile_id INTEGER NOT NULL REFERENCES tiles (id),
    of_result INTEGER NOT NULL,    -- tiles.results when it was said: of a later one it says nothing
    model TEXT NOT NULL CHECK (json_valid(model)), -- that found what it is said of
    reviewer TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    change TEXT NOT NULL CHECK (json_valid(change)),
    drawn TEXT NOT NULL CHECK (json_valid(drawn)), -- what its outlines measure
    undone_at_ms INTEGER,
    undone_by TEXT,
    review_id INTEGER REFERENCES reviews (id), -- the first that counts it; NULL: none, or the latest does not
    CHECK ((undone_at_ms IS NULL) = (undone_by IS NULL))
  ) STRICT;
  CREATE INDEX corrections_by_tile ON corrections (tile_id);

  CREATE TABLE reviewed_particles (
    tile_id INTEGER NOT NULL REFERENCES tiles (id),
    number INTEGER NOT NULL,       -- as in particles, or after its last one for what reviewers drew
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
    cuts TEXT CHECK (json_valid(cuts)),
    objectness REAL NOT NULL,
    confidence REAL NOT NULL,
    certain INTEGER NOT NULL CHECK (certain IN (0, 1)),
    correction_id INTEGER REFERENCES corrections (id), -- that changed it last; NULL: as the model found it
    outline TEXT CHECK (json_valid(outline)),          -- as a reviewer drew it; NULL: the model's
    PRIMARY KEY (tile_id, number)
  ) STRICT, WITHOUT ROWID;
  `;
