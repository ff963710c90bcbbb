import {
  type ParticleLedger,
  type PlacedSize,
  particleLedger,
} from '../../evaluation/sizes/particle-ledger.ts';
import { diameterEquivalent } from '../../measure/measure-particle.ts';
import type { StoreReader } from '../../store/database.ts';
import type { TileColumns } from '../../store/tile-columns.ts';
import type { MeasuredRun } from './measured-runs.ts';

/** What became of the true particles that lie whole in a tile. */
export function runLedger(store: StoreReader, { acquisition, runId }: MeasuredRun): ParticleLedger {
  const truth = acquisition.truth.particles
    .filter(({ wholeInATile }) => wholeInATile)
    .map(({ centreUm, areaUm2 }) => ({ centreUm, diameterUm: diameterEquivalent(areaUm2) }));
  const found = [...store.particles.columnsOfRun(runId)].flatMap(placedSizes);
  return particleLedger(
    truth,
    found.filter(({ whole }) => whole),
    found,
  );
}

function placedSizes(tile: TileColumns): (PlacedSize & { readonly whole: boolean })[] {
  return Array.from(tile.diameterEquivalentUm, (diameterUm, index) => ({
    centreUm: { x: tile.centroidXUm[index]!, y: tile.centroidYUm[index]! },
    diameterUm,
    whole: tile.touchesBorder[index] === 0,
  }));
}
