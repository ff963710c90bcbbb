import { basename } from 'node:path';
import type { z } from 'zod';
import type { Config } from '../../config/schema.ts';
import type { Outline } from '../../measure/correction.ts';
import type { Particle } from '../../measure/particle.ts';
import { imagingVerdicts } from '../../statistics/imaging-verdict.ts';
import {
  type MatchedPieces,
  matchedPieces,
  type PlacedPiece,
} from '../../statistics/shadow/matched-pieces.ts';
import { type BothFindings, movedFigures } from '../../statistics/shadow/moved-figures.ts';
import type { StoreReader } from '../../store/database.ts';
import type { ShadowModel, ShadowTile } from '../../store/shadows.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { runShadowSchema } from '../api/shadow.ts';

/** Enough for intervals of a difference that people look at, and quick enough to be computed when asked. */
const RESAMPLES = 400;
const SEED = 1;
const FAILURES_SHOWN = 5;

export type Comparison = NonNullable<z.infer<typeof runShadowSchema>['comparison']>;

/** A tile that both models have segmented. */
export interface ComparedTile {
  readonly tile: StoredTile;
  /** For its imaging, as in the statistics: its pieces are matched, and count in no figure. */
  readonly isLeftOut: boolean;
  readonly pieces: BothFindings<Particle>;
  readonly outlines: { readonly serving: readonly Outline[] | null; readonly shadow: readonly Outline[] };
  readonly matched: MatchedPieces;
  readonly durationMs: number;
}

/** What both models found in a run, tile by tile, and how far the shadow model has come. */
export interface RunFindings {
  readonly tiles: readonly ComparedTile[];
  readonly waiting: number;
  readonly failed: readonly { readonly tile: string; readonly reason: string }[];
}

/** The shadow model whose tiles are compared: that of the newest tile. */
export function shadowModelOf(store: Pick<StoreReader, 'shadows'>): ShadowModel | null {
  return store.shadows.latestModel();
}

/** Reads one run's findings at one moment. */
export function findingsOfRun(
  store: StoreReader,
  runId: number,
  model: ShadowModel,
  imaging: Config['imaging'],
): RunFindings {
  return store.snapshot(() => {
    const tiles = store.tiles.ofRun(runId).filter(({ state }) => state === 'segmented');
    const bad = new Set(imagingVerdicts(tiles, imaging).map(({ tile }) => tiles[tile]!.id));
    const tileOf = new Map(tiles.map((tile) => [tile.id, tile]));
    const rows = store.shadows.ofRun(runId, model);
    return {
      tiles: rows.flatMap((row) => comparedTile(store, tileOf.get(row.tileId), row, bad)),
      waiting: rows.filter(({ state }) => state === 'waiting').length,
      failed: rows
        .filter(({ state }) => state === 'failed')
        .map(({ tileId, reason }) => ({
          tile: basename(tileOf.get(tileId)?.file.path ?? ''),
          reason: reason ?? '',
        })),
    };
  });
}

function comparedTile(
  store: Pick<StoreReader, 'particles' | 'outlines'>,
  tile: StoredTile | undefined,
  { finding, tileId }: ShadowTile,
  bad: ReadonlySet<number>,
): ComparedTile[] {
  if (!tile || finding === null) return [];
  const pieces = { serving: store.particles.ofTile(tileId), shadow: finding.particles };
  const outlines = { serving: store.outlines.ofTile(tileId), shadow: finding.outlines };
  const matched = matchedPieces(
    placed(pieces.serving, outlines.serving),
    placed(pieces.shadow, outlines.shadow),
  );
  return [{ tile, isLeftOut: bad.has(tileId), pieces, outlines, matched, durationMs: finding.durationMs }];
}

function placed(particles: readonly Particle[], outlines: readonly Outline[] | null): PlacedPiece[] {
  return particles.map(({ boxPx }, index) => ({ boxPx, outlinePx: outlines?.[index] ?? null }));
}

/** Compares what was found in one run, or in many together. */
export function comparisonOf(findings: readonly RunFindings[]): Comparison {
  const all = findings.flatMap(({ tiles }) => tiles);
  const counted = all.filter(({ isLeftOut }) => !isLeftOut);
  const failures = findings.flatMap(({ failed }) => failed);
  const sum = (count: (tile: ComparedTile) => number): number =>
    counted.reduce((total, tile) => total + count(tile), 0);
  return {
    tiles: {
      compared: counted.length,
      leftOut: all.length - counted.length,
      waiting: findings.reduce((total, { waiting }) => total + waiting, 0),
      failed: failures.length,
    },
    matchedBy: all.every(({ matched }) => matched.by === 'outlines') ? 'outlines' : 'boxes',
    pieces: {
      matched: sum(({ matched }) => matched.pairs.length),
      onlyServing: sum(({ matched }) => matched.onlyServing.length),
      onlyShadow: sum(({ matched }) => matched.onlyShadow.length),
    },
    figures: movedFigures(
      counted.map(({ pieces }) => ({
        serving: pieces.serving.filter(isWhole),
        shadow: pieces.shadow.filter(isWhole),
      })),
      { resamples: RESAMPLES, seed: SEED },
    ),
    meanDurationMs: all.length === 0 ? null : all.reduce((ms, tile) => ms + tile.durationMs, 0) / all.length,
    failures: failures.slice(0, FAILURES_SHOWN),
  };
}

/** What a border cuts says little of sizes, and both models see the same borders. */
function isWhole({ touchesBorder }: Particle): boolean {
  return !touchesBorder;
}
