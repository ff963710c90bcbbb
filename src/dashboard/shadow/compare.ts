import { basename } from 'node:path';
import type { Config } from '../../config/schema.ts';
import type { Outline } from '../../measure/correction.ts';
import type { Particle } from '../../measure/particle.ts';
import { imagingVerdicts } from '../../statistics/imaging-verdict.ts';
import {
  type MatchedPieces,
  matchedPieces,
  type PlacedPiece,
} from '../../statistics/shadow/matched-pieces.ts';
import { type BothFindings, movedFigures, type SizedPiece } from '../../statistics/shadow/moved-figures.ts';
import type { StoreReader } from '../../store/database.ts';
import type { ShadowFinding, ShadowModel } from '../../store/shadows.ts';
import type { ShadowComparison } from '../api/shadow.ts';
import { withoutFolders } from '../shown/without-folders.ts';

/** Enough for intervals of a difference that people look at, and quick enough to be computed when asked. */
const RESAMPLES = 400;
const SEED = 1;
const FAILURES_SHOWN = 5;

/** A tile that both models have segmented. */
export interface ComparedTile {
  readonly contentHash: string;
  /** Of its file. */
  readonly name: string;
  /** For its imaging, as in the statistics: it counts in no figure. */
  readonly isLeftOut: boolean;
  readonly pieces: { readonly matched: number; readonly onlyServing: number; readonly onlyShadow: number };
  readonly matchedBy: MatchedPieces['by'];
  /** Those that no border cuts. */
  readonly whole: BothFindings<SizedPiece>;
  readonly durationMs: number;
}

/** What both models found in a run, tile by tile, and how far the shadow model has come. */
export interface RunFindings {
  readonly tiles: readonly ComparedTile[];
  readonly waiting: number;
  readonly failed: ShadowComparison['failures'];
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
    const fileOf = new Map(tiles.map(({ id, file }) => [id, file]));
    const rows = store.shadows.ofRun(runId, model);
    const nameOf = (tileId: number): string => basename(fileOf.get(tileId)?.path ?? '');
    return {
      tiles: rows.flatMap(({ tileId, finding }) => {
        if (finding === null) return [];
        const contentHash = fileOf.get(tileId)?.contentHash ?? '';
        const file = { contentHash, name: nameOf(tileId), isLeftOut: bad.has(tileId) };
        return [{ ...file, ...comparedTile(store, tileId, finding) }];
      }),
      waiting: rows.filter(({ state }) => state === 'waiting').length,
      failed: rows
        .filter(({ state }) => state === 'failed')
        .map(({ tileId, reason }) => ({ tile: nameOf(tileId), reason: withoutFolders(reason ?? '') })),
    };
  });
}

function comparedTile(
  store: Pick<StoreReader, 'particles' | 'outlines'>,
  tileId: number,
  finding: ShadowFinding,
): Omit<ComparedTile, 'contentHash' | 'name' | 'isLeftOut'> {
  const serving = store.particles.ofTile(tileId);
  const matched = matchedIn(serving, store.outlines.ofTile(tileId), finding);
  return {
    pieces: {
      matched: matched.pairs.length,
      onlyServing: matched.onlyServing.length,
      onlyShadow: matched.onlyShadow.length,
    },
    matchedBy: matched.by,
    whole: { serving: wholeOf(serving), shadow: wholeOf(finding.particles) },
    durationMs: finding.durationMs,
  };
}

/** @param outlines of the serving model, where they were kept */
export function matchedIn(
  serving: readonly Particle[],
  outlines: readonly Outline[] | null,
  shadow: Pick<ShadowFinding, 'particles' | 'outlines'>,
): MatchedPieces {
  return matchedPieces(placed(serving, outlines), placed(shadow.particles, shadow.outlines));
}

function placed(particles: readonly Particle[], outlines: readonly Outline[] | null): PlacedPiece[] {
  return particles.map(({ boxPx }, index) => ({ boxPx, outlinePx: outlines?.[index] ?? null }));
}

/** What a border cuts says little of sizes, and both models see the same borders. */
function wholeOf(particles: readonly Particle[]): SizedPiece[] {
  return particles
    .filter(({ touchesBorder }) => !touchesBorder)
    .map(({ areaUm2, diameterEquivalentUm, certain }) => ({ areaUm2, diameterEquivalentUm, certain }));
}

/** Compares what was found in one run, or in many together. */
export function comparisonOf(findings: readonly RunFindings[]): ShadowComparison {
  const all = findings.flatMap(({ tiles }) => tiles);
  const counted = all.filter(({ isLeftOut }) => !isLeftOut);
  const failures = findings.flatMap(({ failed }) => failed);
  const sum = (name: keyof ComparedTile['pieces']): number =>
    counted.reduce((total, { pieces }) => total + pieces[name], 0);
  const outlined = all.length > 0 && all.every(({ matchedBy }) => matchedBy === 'outlines');
  return {
    tiles: {
      compared: counted.length,
      leftOut: all.length - counted.length,
      waiting: findings.reduce((total, { waiting }) => total + waiting, 0),
      failed: failures.length,
    },
    matchedBy: outlined ? 'outlines' : 'boxes',
    pieces: {
      matched: sum('matched'),
      onlyServing: sum('onlyServing'),
      onlyShadow: sum('onlyShadow'),
    },
    figures: movedFigures(
      counted.map(({ whole }) => whole),
      { resamples: RESAMPLES, seed: SEED },
    ),
    meanDurationMs:
      all.length === 0 ? null : all.reduce((ms, { durationMs }) => ms + durationMs, 0) / all.length,
    failures: failures.slice(0, FAILURES_SHOWN),
  };
}
