/** A test that proves a line: its file below test/, and its title or a piece of it that no parameter changes. */
export type Proof = readonly [file: string, title: string];

/** Something that the daemon must survive. */
export interface FaultLine {
  readonly number: number;
  readonly what: string;
  readonly proofs: readonly Proof[];
  /** What of it no test here can show, and why. */
  readonly untested?: string;
}

export const line = (number: number, what: string, ...proofs: Proof[]): FaultLine => ({
  number,
  what,
  proofs,
});
