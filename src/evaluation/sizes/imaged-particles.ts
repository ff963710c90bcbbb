import type { PlacedField } from '../../grid/tile-overlap.ts';
import type { StagePositionUm } from '../../units.ts';

/**
 * The particles whose centre lies in one of the fields, on whatever side their outlines end: each particle of the
 * powder belongs to one place and large ones are counted no more and no less often than small ones, as would be by
 * what a field shows of them (the associated point rule, Miles 1978).
 */
export function centredIn<P extends { readonly centreUm: StagePositionUm }>(
  fields: readonly PlacedField[],
  particles: readonly P[],
): P[] {
  return particles.filter(({ centreUm }) => fields.some((field) => holds(field, centreUm)));
}

function holds({ stagePositionUm, fieldUm }: PlacedField, { x, y }: StagePositionUm): boolean {
  return (
    Math.abs(x - stagePositionUm.x) <= fieldUm.width / 2 &&
    Math.abs(y - stagePositionUm.y) <= fieldUm.height / 2
  );
}
