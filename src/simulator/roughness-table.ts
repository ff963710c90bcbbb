import type { Random } from './random.ts';

/** A square table of smooth noise, mean about 0, that wraps round. */
export type RoughnessTable = Float32Array;

const side = 256;
/** Stage length of one step of the table. */
const stepUm = 0.07;

/** The sum of six octaves of bilinear noise, each finer one weaker. */
export function createRoughnessTable(random: Random): RoughnessTable {
  const table = new Float32Array(side * side);
  for (let step = 32, amplitude = 0.5; step >= 1; step /= 2, amplitude *= 0.8) {
    const knots = Float32Array.from({ length: (side / step) ** 2 }, () => random.uniform(-1, 1));
    for (let at = 0; at < table.length; at += 1) {
      const x = (at % side) / step;
      const y = Math.floor(at / side) / step;
      table[at] = table[at]! + amplitude * wrappedBilinear(knots, side / step, x, y);
    }
  }
  return table;
}

export function roughnessAt(table: RoughnessTable, xUm: number, yUm: number): number {
  return wrappedBilinear(table, side, xUm / stepUm, yUm / stepUm);
}

/** Reads a square table between its entries; its side is a power of two, so that & wraps it round. */
function wrappedBilinear(table: Float32Array, tableSide: number, x: number, y: number): number {
  const mask = tableSide - 1;
  const column = Math.floor(x);
  const row = Math.floor(y);
  const here = column & mask;
  const next = (column + 1) & mask;
  const lineHere = (row & mask) * tableSide;
  const lineNext = ((row + 1) & mask) * tableSide;
  const right = x - column;
  const one = table[lineHere + here]! * (1 - right) + table[lineHere + next]! * right;
  const other = table[lineNext + here]! * (1 - right) + table[lineNext + next]! * right;
  return one + (other - one) * (y - row);
}
