/**
 * Filters a picture in place in one walk down its rows. Each row is taken once, by `take`, into a line of a
 * window that reaches `reach` rows up and down; `give` then writes the row in the window's middle, `apart` rows
 * from which lies `line(apart)`. Beyond the border, the border's row goes on.
 */
export function slideRows(
  picture: Float32Array,
  widthPx: number,
  reach: number,
  take: (row: Float32Array, line: Float32Array) => void,
  give: (line: (apart: number) => Float32Array, row: Float32Array) => void,
): void {
  const heightPx = picture.length / widthPx;
  const rowOf = (row: number) => {
    const inside = Math.min(heightPx - 1, Math.max(0, row));
    return picture.subarray(inside * widthPx, (inside + 1) * widthPx);
  };
  const side = 2 * reach + 1;
  const lines = Array.from({ length: side }, () => new Float32Array(widthPx));
  const lineOf = (row: number) => lines[(row + side) % side]!;
  for (let row = -reach; row < reach; row += 1) take(rowOf(row), lineOf(row));
  for (let row = 0; row < heightPx; row += 1) {
    take(rowOf(row + reach), lineOf(row + reach));
    give((apart) => lineOf(row + apart), rowOf(row));
  }
}

/** A row in the middle of a longer line, its end pixels going on to both sides. */
export function padRow(row: Float32Array, padded: Float32Array, reach: number): void {
  padded.fill(row[0]!, 0, reach);
  padded.set(row, reach);
  padded.fill(row[row.length - 1]!, reach + row.length);
}
