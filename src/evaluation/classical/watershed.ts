/** Levels for one pixel of height: finer than the steps of a Euclidean distance that matter. */
const LEVELS_PER_PX = 16;

/**
 * Parts a height field into its hills: pixels are flooded from the highest down, each joining the hill of its
 * highest neighbour or founding one (Vincent & Soille 1991, IEEE TPAMI 13:583-598; Meyer 1994, Signal
 * Processing 38:113-125, without lines between the hills). Where two hills meet, the lower one is only a bump
 * of the other if it rises above the meeting by less than `leastRise`: the same parts as by flooding from the
 * h-maxima alone (Grimaud 1992, Proc. SPIE 1769:292-305, calls this rise the dynamics of a maximum).
 *
 * @param height 0 or less is ground, which belongs to no hill.
 * @param leastRise rise of the lower hill's peak that makes it a hill of its own, from that peak's height.
 * @returns 0 on the ground, 1..n by hill.
 */
export function watershedHills(
  height: Float32Array,
  widthPx: number,
  leastRise: (peak: number) => number,
): Int32Array {
  const hills = new Hills();
  const hillOf = new Int32Array(height.length);
  const around = new Int32Array(8);
  for (const pixel of fromHighest(height)) {
    const flooded = floodedAround(around, pixel, widthPx, hillOf);
    const own = flooded === 0 ? hills.found(height[pixel]!) : hillOf[highest(around, flooded, height)]!;
    hillOf[pixel] = own;
    for (let i = 0; i < flooded; i++) {
      const other = hillOf[around[i]!]!;
      if (other !== own) hills.meet(own, other, height[pixel]!, leastRise);
    }
  }
  const numbers = new Map<number, number>();
  return hillOf.map((hill) => {
    if (hill === 0) return 0;
    const root = hills.rootOf(hill);
    const number = numbers.get(root) ?? numbers.size + 1;
    numbers.set(root, number);
    return number;
  });
}

/** Hills and which of them became bumps of others (union-find); 0 is no hill. */
class Hills {
  readonly #parent = [0];
  readonly #peak = [0];

  found(peak: number): number {
    this.#peak.push(peak);
    return this.#parent.push(this.#parent.length) - 1;
  }

  rootOf(hill: number): number {
    const parent = this.#parent;
    let root = hill;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  }

  meet(one: number, other: number, saddle: number, leastRise: (peak: number) => number): void {
    const a = this.rootOf(one);
    const b = this.rootOf(other);
    if (a === b) return;
    const [lower, higher] = this.#peak[a]! < this.#peak[b]! ? [a, b] : [b, a];
    const peak = this.#peak[lower]!;
    if (peak - saddle < leastRise(peak)) this.#parent[lower] = higher;
  }
}

/** The pixels above the ground by descending level, by counting; within a level in reading order. */
function fromHighest(height: Float32Array): Int32Array {
  let highest = 0;
  let count = 0;
  for (const value of height) {
    highest = Math.max(highest, value);
    if (value > 0) count++;
  }
  const top = Math.round(highest * LEVELS_PER_PX);
  const levelOf = (value: number) => top - Math.round(value * LEVELS_PER_PX);
  const next = new Int32Array(top + 2);
  for (const value of height) if (value > 0) next[levelOf(value) + 1]!++;
  for (let level = 1; level < next.length; level++) next[level]! += next[level - 1]!;
  const pixels = new Int32Array(count);
  for (let pixel = 0; pixel < height.length; pixel++) {
    if (height[pixel]! > 0) pixels[next[levelOf(height[pixel]!)]!++] = pixel;
  }
  return pixels;
}

/** Collects the pixels already flooded among the eight around, and returns how many they are. */
function floodedAround(around: Int32Array, pixel: number, widthPx: number, hillOf: Int32Array): number {
  const x = pixel % widthPx;
  const left = x > 0 ? pixel - 1 : pixel;
  const right = x < widthPx - 1 ? pixel + 1 : pixel;
  let flooded = 0;
  for (let step = -widthPx; step <= widthPx; step += widthPx) {
    for (let other = left + step; other <= right + step; other++) {
      // The pixel itself is not flooded yet.
      if (other >= 0 && other < hillOf.length && hillOf[other] !== 0) around[flooded++] = other;
    }
  }
  return flooded;
}

function highest(pixels: Int32Array, count: number, height: Float32Array): number {
  let best = pixels[0]!;
  for (let i = 1; i < count; i++) if (height[pixels[i]!]! > height[best]!) best = pixels[i]!;
  return best;
}
