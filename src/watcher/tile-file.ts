/** A finished image file; its identity is what it holds, not where it lies. */
export interface TileFile {
  readonly path: string;
  /** SHA-256 of the whole file, lower-case hexadecimal. */
  readonly contentHash: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Of the system (ctime); absent for files remembered before it was. */
  readonly changedAtMs?: number | undefined;
  /** Pixels of the file, the data bar included. */
  readonly widthPx: number;
  readonly heightPx: number;
}
