import { messageOf } from '../../errors.ts';
import { sampleSummary } from '../../report/sample/sample-summary.ts';
import { type CountedParticle, countedRun } from '../../report/tables/counted-run.ts';
import { confidenceOf, particleColumns } from '../../report/tables/particle-columns.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { TileColumns } from '../../store/tile-columns.ts';
import type { ParticleEntry } from '../api/particle.ts';
import { Refusal } from '../refusal.ts';

/** The particles of a run as its latest summary counts them; while it fills, of the tiles that are there by now. */
export interface CountedEntries {
  readonly revision: number;
  /** By size, the smallest first, so that places are numbers. */
  readonly particles: readonly ParticleEntry[];
  /** Of the same particles, for filters: the API does not tell it. */
  readonly perimeterUm: readonly (number | null)[];
}

/**
 * Reads and counts, which takes long for a full grid: a thread does it.
 * @throws Refusal 404 before the first summary, 409 where another version wrote it
 */
export function countedEntries(store: StoreReader, run: StoredRun): CountedEntries {
  const { stored, tiles, columns } = store.snapshot(() => ({
    stored: store.summaries.latest(run.id),
    tiles: store.tiles.ofRun(run.id),
    columns: [...store.particles.columnsOfRun(run.id)],
  }));
  if (!stored)
    throw new Refusal(
      404,
      `run ${run.name} has no summary yet, so that nothing is counted; wait for its first tiles`,
    );
  const counted = countedRun({ summary: summaryOf(stored.payload), tiles, columns });
  const hashes = new Map(tiles.map(({ id, file }) => [id, file.contentHash]));
  const all = [...counted.particles()];
  return {
    revision: stored.revision,
    particles: all.map((particle) => particleEntry(particle, hashes)),
    perimeterUm: all.map((particle) => figure(particle, 'perimeterUm')),
  };
}

function summaryOf(payload: unknown): ReturnType<typeof sampleSummary> {
  try {
    return sampleSummary(payload);
  } catch (error) {
    throw new Refusal(409, messageOf(error));
  }
}

function particleEntry(particle: CountedParticle, hashes: ReadonlyMap<number, string>): ParticleEntry {
  const [x, y] = [figure(particle, 'centroidStageXUm'), figure(particle, 'centroidStageYUm')];
  return {
    number: particle.number,
    areaUm2: particle.areaUm2,
    diameterEquivalentUm: particle.diameterEquivalentUm,
    diameterFeretMaxUm: figure(particle, 'diameterFeretMaxUm'),
    diameterFeretMinUm: figure(particle, 'diameterFeretMinUm'),
    circularity: figure(particle, 'circularity'),
    aspectRatio: figure(particle, 'aspectRatio'),
    solidity: figure(particle, 'solidity'),
    confidence: confidenceOf(particle),
    certain: particle.certain,
    passesFilter: particle.passesFilter,
    stageUm: x === null || y === null ? null : { x, y },
    pieces: particle.pieces.map(({ tile, number }) => ({ contentHash: hashOf(tile, hashes), number })),
  };
}

function hashOf({ tileId }: TileColumns, hashes: ReadonlyMap<number, string>): string {
  return hashes.get(tileId) ?? '';
}

const columnOf = new Map(particleColumns.map((column) => [column.name, column]));

/** As in the table `particles`. */
function figure(particle: CountedParticle, name: string): number | null {
  const value = columnOf.get(name)?.value(particle);
  return typeof value === 'number' ? value : null;
}
