/** A field of a table; a Date is a moment, written with its zone. */
export type Cell = string | number | boolean | Date | null;

/** What a column holds: count is a whole number, truth is true or false. */
export type ColumnKind = 'text' | 'number' | 'count' | 'truth' | 'time';

/** A column, and all that docs/tables.md says of it. */
export interface Column<Row> {
  /** As in messages: what it is, then its unit, as `areaUm2`. */
  readonly name: string;
  readonly kind: ColumnKind;
  /** As `um2`; `1` for shares, ratios and counts; empty for text, truth and time. */
  readonly unit: string;
  readonly description: string;
  /** Where the value comes from: a formula with its standard, or who says it. */
  readonly source: string;
  readonly value: (row: Row) => Cell;
}

/** A table that is written row by row; nobody sees it before it is whole. */
export interface TableFile<Row> {
  write(rows: Iterable<Row>): Promise<void>;
  /** The table stands under its name. */
  close(): Promise<void>;
  /** Nothing is left of it. */
  abandon(): Promise<void>;
}

/** The same columns for rows that hold the given ones. */
export function columnsFor<Row, Part>(
  columns: readonly Column<Part>[],
  part: (row: Row) => Part,
): Column<Row>[] {
  return columns.map((column) => ({ ...column, value: (row) => column.value(part(row)) }));
}
