import type { Mask } from './mask.ts';
import { paddedMask } from './padded-mask.ts';

/**
 * Perimeter in pixels, holes included, by Crofton's formula over four directions.
 *
 * Crofton: P = 1/2 * integral over the angle and the offset of a line of the number of its crossings with
 * the boundary. With the lines through pixel centres along rows, columns and both diagonals the angle step is
 * pi/4, the lines lie 1, 1, 1/sqrt(2) and 1/sqrt(2) px apart, and every entry has its exit:
 *
 *     P = pi/4 * (N_row + N_column + (N_diagonal + N_antidiagonal) / sqrt(2)),  N = entries
 *
 * Legland, Kieu & Devaux 2007, doi:10.5566/ias.v26.p83-92; Ohser & Muecklich 2000, Statistical Analysis of
 * Microstructures in Materials Science. The same number as scikit-image's `perimeter_crofton(directions=4)`.
 */
export function perimeterPx(mask: Mask): number {
  const { cells, stride } = paddedMask(mask);
  let straight = 0;
  let diagonal = 0;
  for (let here = stride; here < cells.length - stride; here++) {
    if (cells[here] === 0) continue;
    const above = here - stride;
    // Bits are 0 or 1, so 1 - bit counts an entry without a branch.
    straight += 2 - cells[here - 1]! - cells[above]!;
    diagonal += 2 - cells[above - 1]! - cells[above + 1]!;
  }
  return (Math.PI / 4) * (straight + diagonal * Math.SQRT1_2);
}
