/** Adds what a shadow model is asked and has found (shadows.ts). */
export const shadowTables = `
  -- Tiles that a shadow model segments beside the serving one, and what it found; it counts nowhere.
  CREATE TABLE shadow_tiles (
    tile_id INTEGER PRIMARY KEY REFERENCES tiles (id),
    model TEXT NOT NULL CHECK (json_valid(model)), -- name, sha256 and thresholds
    state TEXT NOT NULL CHECK (state IN ('waiting', 'segmented', 'failed')),
    attempts INTEGER NOT NULL,                     -- failed ones
    reason TEXT,                                   -- of the last one
    arithmetic TEXT,
    duration_ms REAL,
    particles TEXT CHECK (json_valid(particles)),
    outlines BLOB,                                 -- outline-bytes.ts
    CHECK ((state = 'segmented') = (particles IS NOT NULL)),
    CHECK ((state = 'segmented') = (outlines IS NOT NULL))
  ) STRICT;
  CREATE INDEX shadow_tiles_waiting ON shadow_tiles (attempts, tile_id) WHERE state = 'waiting';
  `;
