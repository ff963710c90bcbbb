/** A place by its row and column, from 0. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

/**
 * Where a key leads in a grid, as the ARIA grid pattern has it: arrows by one, Home and End within the row (with Ctrl to
 * the first and last of all), Page Up and Page Down to the first and last row. Null for any other key.
 */
export function spotAfter(
  key: string,
  isWithCtrl: boolean,
  { row, column }: Spot,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Spot | null {
  const [lastRow, lastColumn] = [rows - 1, columns - 1];
  switch (key) {
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'Home':
      return { row: isWithCtrl ? 0 : row, column: 0 };
    case 'End':
      return { row: isWithCtrl ? lastRow : row, column: lastColumn };
    case 'PageUp':
      return { row: 0, column };
    case 'PageDown':
      return { row: lastRow, column };
    default:
      return null;
  }
}
