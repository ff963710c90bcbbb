import { type CertaintyEntry, joinedCertainty } from '../../evaluation/sizes/joined-certainty.ts';
import { joinedParticles } from '../../grid/joined-particles.ts';
import { diameterEquivalent } from '../../measure/measure-particle.ts';
import type { StoreReader } from '../../store/database.ts';
import type { MeasuredRun } from './measured-runs.ts';

/** How far the verdicts on pieces tell whether the particles that `join` puts together have the right size. */
export function runCertainty(store: StoreReader, { acquisition, runId }: MeasuredRun): CertaintyEntry[] {
  const tiles = [...store.particles.columnsOfRun(runId)];
  const found = joinedParticles(tiles)
    .filter(({ cut }) => !cut)
    .map(({ areaUm2, pieces }) => {
      const of = pieces.map(({ tile, index }) => ({
        areaUm2: tiles[tile]!.areaUm2[index]!,
        x: tiles[tile]!.centroidXUm[index]!,
        y: tiles[tile]!.centroidYUm[index]!,
        certain: tiles[tile]!.certain[index] === 1,
      }));
      const whole = of.reduce((sum, piece) => sum + piece.areaUm2, 0);
      const mean = (axis: 'x' | 'y') =>
        of.reduce((sum, piece) => sum + piece.areaUm2 * piece[axis], 0) / whole;
      return {
        centreUm: { x: mean('x'), y: mean('y') },
        diameterUm: diameterEquivalent(areaUm2),
        piecesCertain: of.map(({ certain }) => certain),
      };
    });
  const truth = acquisition.truth.particles.map(({ centreUm, areaUm2 }) => ({
    centreUm,
    diameterUm: diameterEquivalent(areaUm2),
  }));
  return joinedCertainty(truth, found);
}
