import { createRandom, type Random } from '../random.ts';

/** Which relief a surface has. */
export type TextureKind = 'rough' | 'grains' | 'cracks' | 'pores' | 'crumbs';

/** A square of values that wraps round: their mean is 0, their standard deviation 0.4, so about -1 to 1. */
export type Texture = Float32Array;

const side = 256;
const mask = side - 1;
const made = new Map<TextureKind, Texture>();

/** The same for everyone: bodies differ by where on it they begin, so it is made once. */
export function textureOf(kind: TextureKind): Texture {
  const known = made.get(kind);
  if (known) return known;
  const texture = evened(tables[kind](createRandom(1).fork(kind)));
  made.set(kind, texture);
  return texture;
}

const tables: Readonly<Record<TextureKind, (random: Random) => Float32Array>> = {
  rough: (random) => fractal(random),
  grains: (random) => {
    const coarse = cellular(random.fork('coarse'), 14, (first) => bump(first));
    const fine = cellular(random.fork('fine'), 31, (first) => bump(first));
    return coarse.map((value, at) => value + 0.45 * fine[at]!);
  },
  cracks: (random) => {
    const rough = evened(fractal(random.fork('rough')));
    const net = cellular(random, 12, (first, second) => Math.min(1, (second - first) / 0.22));
    return net.map((value, at) => value + 0.2 * rough[at]!);
  },
  crumbs: (random) => {
    const rough = evened(fractal(random.fork('rough')));
    const crevices = cellular(random, 20, (first, second) => Math.min(1, (second - first) / 0.3));
    const grains = cellular(random.fork('grains'), 45, (first) => bump(first));
    const plates = bent(crevices, rough, 9);
    return bent(grains, rough, 4).map((grain, at) => plates[at]! + 0.8 * grain + 0.6 * rough[at]!);
  },
  pores: (random) => {
    const rough = evened(fractal(random.fork('rough')));
    const holes = cellular(random, 30, (first) => Math.min(1, Math.max(0, (first - 0.1) / 0.45)));
    // Where the rough texture is high the holes close, so that they lie in groups.
    return bent(holes, rough, 7).map(
      (hole, at) => Math.min(1, hole + Math.max(0, 0.9 * rough[at]!)) + 0.2 * rough[at]!,
    );
  },
};

function evened(table: Float32Array): Texture {
  const mean = table.reduce((sum, value) => sum + value, 0) / table.length;
  const variance = table.reduce((sum, value) => sum + (value - mean) ** 2, 0) / table.length;
  return table.map((value) => (0.4 * (value - mean)) / Math.sqrt(variance));
}

/** Moves each entry by up to about `by` entries, so that straight lines wander. */
function bent(table: Float32Array, way: Float32Array, by: number): Float32Array {
  return table.map((_, at) => {
    const column = ((at & mask) + Math.round(by * way[at]!)) & mask;
    const row = (Math.floor(at / side) + Math.round(by * way[(at + 97 * side) % way.length]!)) & mask;
    return table[row * side + column]!;
  });
}

/** A grain's round top at a distance from its middle, both in units of the mean spacing. */
function bump(distance: number): number {
  return Math.sqrt(Math.max(0, 1 - distance * distance));
}

/** Seven octaves of value noise, each finer one weaker: amplitude falls as length to the power 0.7. */
function fractal(random: Random): Float32Array {
  const table = new Float32Array(side * side);
  for (let step = 128, amplitude = 0.62; step >= 1; step /= 2, amplitude *= 0.62) {
    const knotSide = side / step;
    const knots = Float32Array.from({ length: knotSide ** 2 }, () => random.uniform(-1, 1));
    for (let at = 0; at < table.length; at += 1) {
      table[at]! += amplitude * bilinear(knots, knotSide, (at & mask) / step, Math.floor(at / side) / step);
    }
  }
  return table;
}

/**
 * Worley's cellular noise (SIGGRAPH 1996): a value of the distances to the nearest and the second nearest
 * of jittered points, `count` a side, in units of their spacing.
 */
function cellular(
  random: Random,
  count: number,
  value: (first: number, second: number) => number,
): Float32Array {
  const pointsX = Float32Array.from({ length: count * count }, () => random.uniform());
  const pointsY = Float32Array.from({ length: count * count }, () => random.uniform());
  const wrap = (cell: number) => (cell + count) % count;
  return Float32Array.from({ length: side * side }, (_, at) => {
    const x = ((at & mask) * count) / side;
    const y = (Math.floor(at / side) * count) / side;
    let [first, second] = [9, 9];
    for (let near = 0; near < 9; near += 1) {
      const column = Math.floor(x) + (near % 3) - 1;
      const row = Math.floor(y) + Math.floor(near / 3) - 1;
      const point = wrap(row) * count + wrap(column);
      const distance = Math.hypot(column + pointsX[point]! - x, row + pointsY[point]! - y);
      if (distance < first) [first, second] = [distance, first];
      else if (distance < second) second = distance;
    }
    return value(first, second);
  });
}

function bilinear(knots: Float32Array, knotSide: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const at = (c: number, r: number) => knots[(r % knotSide) * knotSide + (c % knotSide)]!;
  const right = x - column;
  const one = at(column, row) * (1 - right) + at(column + 1, row) * right;
  const other = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right;
  return one + (other - one) * (y - row);
}

/** The value at a place given in periods, read between the entries. */
export function readTexture(texture: Texture, x: number, y: number): number {
  const column = Math.floor(x * side);
  const row = Math.floor(y * side);
  const here = column & mask; // the side is a power of two, so that & wraps it round
  const next = (column + 1) & mask;
  const lineHere = (row & mask) * side;
  const lineNext = ((row + 1) & mask) * side;
  const right = x * side - column;
  const one = texture[lineHere + here]! * (1 - right) + texture[lineHere + next]! * right;
  const other = texture[lineNext + here]! * (1 - right) + texture[lineNext + next]! * right;
  return one + (other - one) * (y * side - row);
}

/** Two rough textures entry by entry, so that both coordinates of a shift are read at one place. */
let shifts: Float32Array | null = null;

function shiftsMade(): Float32Array {
  const rough = textureOf('rough');
  return Float32Array.from({ length: 2 * side * side }, (_, at) => {
    const entry = at >> 1;
    if (at % 2 === 0) return rough[entry]!;
    return rough[(((entry >> 8) + 156) & mask) * side + ((entry + 95) & mask)]!;
  });
}

/**
 * Moves the first `count` points by up to about `by` in the rough texture's way, which repeats after `period`
 * and begins at `offset`.
 */
export function displace(
  points: { readonly x: Float64Array; readonly y: Float64Array },
  count: number,
  by: number,
  period: number,
  offset: readonly [x: number, y: number],
): void {
  shifts ??= shiftsMade();
  const frequency = 1 / period;
  for (let i = 0; i < count; i += 1) {
    const x = (frequency * points.x[i]! + offset[1]) * side;
    const y = (frequency * points.y[i]! + offset[0]) * side;
    const column = Math.floor(x);
    const row = Math.floor(y);
    const here = 2 * (column & mask);
    const next = 2 * ((column + 1) & mask);
    const lineHere = 2 * side * (row & mask);
    const lineNext = 2 * side * ((row + 1) & mask);
    const right = x - column;
    const down = y - row;
    const shareNext = right * down;
    const shareBelow = down - shareNext;
    const shareRight = right - shareNext;
    const shareHere = 1 - right - shareBelow;
    points.x[i]! +=
      by *
      (shareHere * shifts[lineHere + here]! +
        shareRight * shifts[lineHere + next]! +
        shareBelow * shifts[lineNext + here]! +
        shareNext * shifts[lineNext + next]!);
    points.y[i]! +=
      by *
      (shareHere * shifts[lineHere + here + 1]! +
        shareRight * shifts[lineHere + next + 1]! +
        shareBelow * shifts[lineNext + here + 1]! +
        shareNext * shifts[lineNext + next + 1]!);
  }
}
