import type { DatabaseSync } from 'node:sqlite';
import type { LatticeSite } from '../grid/coverage.ts';
import type { TileMetadata } from '../watcher/metadata/tile-metadata.ts';
import type { TileFile } from '../watcher/tile-file.ts';
import type { Files } from './files.ts';
import { prepareOutlinesForget } from './outlines.ts';
import { number, text } from './row.ts';
import {
  placeColumns,
  type StoredTile,
  storedTile,
  type TilePlace,
  type TileState,
  tilePlace,
  tileStates,
} from './stored-tile.ts';
import { transaction } from './transaction.ts';

/** A finished, readable tile and the run that it belongs to. */
export interface SeenTile {
  readonly file: TileFile;
  readonly metadata: TileMetadata;
  readonly runId: number;
  readonly seenAtMs: number;
}

export interface Noted {
  readonly tileId: number;
  /** known: the content was noted before; revived: it was superseded and has come back, so it waits again. */
  readonly outcome: 'new' | 'known' | 'revived';
  /** The tile whose path now holds this content instead, where its run waited for it or counted it so far. */
  readonly supersededTileId: number | null;
}

export interface Tiles {
  /**
   * Notes a tile to be segmented, once for each content. A path that held other content supersedes that tile, unless
   * the old content also lies elsewhere. A tile of another run keeps what came of it: its result, or that it failed.
   * The path leaves the list of unusable files.
   */
  noteSeen(tile: SeenTile): Noted;
  get(id: number): StoredTile | undefined;
  /** The tile of this content that still counts, wherever it lies. */
  withContent(contentHash: string): StoredTile | undefined;
  /** The tile counts no more: its place on the stage was imaged again. */
  supersede(id: number): void;
  /** Tiles to be segmented: oldest first, those that failed once after all others; then those to be segmented again. */
  nextWaiting(limit: number, inFlightIds?: Iterable<number>): StoredTile[];
  /** How many segmented tiles are to be segmented again, in one run or in all. */
  countAgain(runId?: number): number;
  /** One segmented tile of each model, its thresholds and magnification (whole ones), as they were used. */
  segmentedSamples(): Iterable<StoredTile>;
  /** When the tile that waits longest was seen; null where none waits. */
  waitingSinceMs(): number | null;
  /** How many tiles are in each state, in one run or in all; of all, read from counts that are kept. */
  countByState(runId?: number): Readonly<Record<TileState, number>>;
  /** The run's tiles that are not superseded, in the order in which they were seen. */
  ofRun(runId: number): StoredTile[];
  /** The same tiles, only where they are. */
  placesOfRun(runId: number): TilePlace[];
  /** When the run's first and last tile were imaged, as the microscope wrote it; null where it wrote nothing. */
  acquiredBetween(runId: number): { readonly first: string; readonly last: string } | null;
  /** Sets the lattice sites of tiles, as the fitted lattice has them now. */
  place(placements: Iterable<{ readonly tileId: number; readonly site: LatticeSite | null }>): void;
}

export function createTiles(database: DatabaseSync, files: Files): Tiles {
  const insert = prepareInsert(database);
  const byHash = database.prepare('SELECT id, state FROM tiles WHERE content_hash = ?');
  const move = database.prepare('UPDATE tiles SET path = ? WHERE content_hash = ?');
  const supersede = database.prepare(
    `UPDATE tiles SET state = 'superseded'
     WHERE content_hash = ? AND (run_id = ? OR (state = 'seen' AND reason IS NULL)) AND state <> 'superseded' RETURNING id`,
  );
  // What waits to be looked at once more can be no more: its earlier result, or failure, is the last.
  const keep = database.prepare(
    `UPDATE tiles SET again = 0, state = iif(state = 'seen', 'failed', state)
     WHERE content_hash = ? AND (again = 1 OR state = 'seen') RETURNING id`,
  );
  const forgetResult = database.prepare('DELETE FROM particles WHERE tile_id = ?');
  const forgetOutlines = prepareOutlinesForget(database);
  const forgetShadow = database.prepare('DELETE FROM shadow_tiles WHERE tile_id = ?');
  const revive = database.prepare(
    `UPDATE tiles SET state = 'seen', attempts = 0, reason = NULL, model = NULL, quality = NULL, sight = NULL, again = 0,
       stage_x_um = ?, stage_y_um = ?, field_width_um = ?, field_height_um = ?, metadata = ?,
       path = ?, run_id = ?, seen_at_ms = ? WHERE id = ?`,
  );
  const markRun = database.prepare('UPDATE runs SET last_tile_at_ms = max(last_tile_at_ms, ?) WHERE id = ?');
  const becomeUsable = database.prepare('DELETE FROM unusable_files WHERE path = ?');
  const get = database.prepare('SELECT * FROM tiles WHERE id = ?');
  const withContent = database.prepare(
    "SELECT * FROM tiles WHERE content_hash = ? AND state <> 'superseded'",
  );
  const supersedeOne = database.prepare("UPDATE tiles SET state = 'superseded' WHERE id = ?");
  const waiting = database.prepare(
    `SELECT * FROM tiles WHERE state = 'seen' AND id NOT IN (SELECT value FROM json_each(?))
     ORDER BY attempts, id LIMIT ?`,
  );
  const again = database.prepare(
    `SELECT * FROM tiles WHERE again = 1 AND state = 'segmented' AND id NOT IN (SELECT value FROM json_each(?))
     ORDER BY attempts, id LIMIT ?`,
  );
  const countAgain = database.prepare(
    "SELECT count(*) AS tiles FROM tiles WHERE again = 1 AND state = 'segmented' AND run_id = coalesce(?, run_id)",
  );
  const samples = database.prepare(
    `SELECT * FROM tiles WHERE id IN (SELECT min(id) FROM tiles WHERE state = 'segmented'
       GROUP BY model, cast(metadata ->> 'magnification' AS INTEGER))`,
  );
  const oldest = database.prepare("SELECT min(seen_at_ms) AS since FROM tiles WHERE state = 'seen'");
  const byState = (figure: (state: string) => string): string =>
    tileStates.map((state) => `${figure(state)} AS ${state}`).join(', ');
  const countAll = database.prepare(
    `SELECT ${byState((state) => `max(counted) FILTER (WHERE what = 'tiles ${state}')`)} FROM row_counts`,
  );
  // Asked for every tile: only a plain condition lets it use the index and leave older runs alone.
  const countOfRun = database.prepare(
    `SELECT ${byState((state) => `count(*) FILTER (WHERE state = '${state}')`)} FROM tiles WHERE run_id = ?`,
  );
  const ofRun = database.prepare(
    "SELECT * FROM tiles WHERE run_id = ? AND state <> 'superseded' ORDER BY id",
  );
  const placesOfRun = database.prepare(
    `SELECT ${placeColumns} FROM tiles WHERE run_id = ? AND state <> 'superseded' ORDER BY id`,
  );
  const acquiredBetween = database.prepare(
    `SELECT min(at) AS first, max(at) AS last FROM (SELECT metadata ->> 'acquiredAt' AS at FROM tiles
     WHERE run_id = ? AND state <> 'superseded') WHERE at <> ''`,
  );
  const place = database.prepare('UPDATE tiles SET grid_row = ?, grid_column = ? WHERE id = ?');

  function supersedeContentAt({ path, contentHash }: TileFile, runId: number): number | null {
    const before = files.get(path)?.contentHash;
    if (before === undefined || before === contentHash) return null;
    const elsewhere = files.otherPathOf(before, path);
    if (elsewhere !== undefined) {
      move.run(elsewhere, before);
      return null;
    }
    const row = supersede.get(before, runId) ?? keep.get(before);
    return row ? number(row, 'id') : null;
  }

  function noteContent(tile: SeenTile): Pick<Noted, 'tileId' | 'outcome'> {
    const { file, runId, seenAtMs } = tile;
    const row = byHash.get(file.contentHash);
    if (row === undefined) return { tileId: insert(tile), outcome: 'new' };
    const tileId = number(row, 'id');
    if (row.state !== 'superseded') {
      move.run(file.path, file.contentHash);
      return { tileId, outcome: 'known' };
    }
    forgetResult.run(tileId);
    forgetOutlines(tileId);
    forgetShadow.run(tileId);
    // What is stated of the same content may be something else now.
    revive.run(...describing(tile), file.path, runId, seenAtMs, tileId);
    return { tileId, outcome: 'revived' };
  }

  return {
    noteSeen: (tile) =>
      transaction(database, () => {
        const supersededTileId = supersedeContentAt(tile.file, tile.runId);
        files.put(tile.file);
        becomeUsable.run(tile.file.path);
        const noted = noteContent(tile);
        if (noted.outcome !== 'known') markRun.run(tile.seenAtMs, tile.runId);
        return { ...noted, supersededTileId };
      }),
    get(id) {
      const row = get.get(id);
      return row && storedTile(row);
    },
    withContent(contentHash) {
      const row = withContent.get(contentHash);
      return row && storedTile(row);
    },
    supersede: (id) => void supersedeOne.run(id),
    nextWaiting(limit, inFlightIds = []) {
      const inFlight = JSON.stringify([...inFlightIds]);
      const rows = waiting.all(inFlight, limit);
      const others = rows.length < limit ? again.all(inFlight, limit - rows.length) : [];
      return [...rows, ...others].map(storedTile);
    },
    countAgain: (runId) => number(countAgain.get(runId ?? null), 'tiles'),
    *segmentedSamples() {
      for (const row of samples.iterate()) yield storedTile(row);
    },
    waitingSinceMs() {
      const since = oldest.get()?.since;
      return typeof since === 'number' ? since : null;
    },
    countByState(runId) {
      const row = runId === undefined ? countAll.get() : countOfRun.get(runId);
      return {
        seen: number(row, 'seen'),
        segmented: number(row, 'segmented'),
        failed: number(row, 'failed'),
        superseded: number(row, 'superseded'),
      };
    },
    ofRun: (runId) => ofRun.all(runId).map(storedTile),
    placesOfRun: (runId) => placesOfRun.all(runId).map(tilePlace),
    acquiredBetween(runId) {
      const row = acquiredBetween.get(runId);
      return row === undefined || row.first === null
        ? null
        : { first: text(row, 'first'), last: text(row, 'last') };
    },
    place: (placements) =>
      transaction(database, () => {
        for (const { tileId, site } of placements) place.run(site?.row ?? null, site?.column ?? null, tileId);
      }),
  };
}

function prepareInsert(database: DatabaseSync): (tile: SeenTile) => number {
  const insert = database.prepare(
    `INSERT INTO tiles (content_hash, path, size_bytes, modified_at_ms, width_px, height_px, run_id, stage_x_um,
       stage_y_um, field_width_um, field_height_um, metadata, state, attempts, seen_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'seen', 0, ?) RETURNING id`,
  );
  return (tile) => {
    const { file, runId, seenAtMs } = tile;
    const row = insert.get(
      file.contentHash,
      file.path,
      file.sizeBytes,
      file.modifiedAtMs,
      file.widthPx,
      file.heightPx,
      runId,
      ...describing(tile),
      seenAtMs,
    );
    return number(row, 'id');
  };
}

/** Values of the columns from stage_x_um to metadata. */
function describing({ file, metadata }: SeenTile) {
  const { pixelSizeNm, stagePositionUm: stage, databarHeightPx } = metadata;
  const umOf = (px: number) => (px * pixelSizeNm) / 1_000;
  const field = [umOf(file.widthPx), umOf(file.heightPx - databarHeightPx)] as const;
  return [stage?.x ?? null, stage?.y ?? null, ...field, JSON.stringify(metadata)] as const;
}
