/** Draws a whole number from 0 up to, not including, `below` (at most 2^32). */
export type RandomBelow = (below: number) => number;

/**
 * A seeded generator: the same seed gives the same draws on every machine.
 * xoshiro128** (Blackman & Vigna 2021, doi:10.1145/3460772), its state filled from the seed by a 32-bit
 * SplitMix (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195).
 *
 * @param seed its lowest 32 bits count.
 */
export function seededRandom(seed: number): RandomBelow {
  const fill = splitMix(seed);
  const next = xoshiro128(fill(), fill(), fill(), fill());
  return (below) => Math.floor((next() / 2 ** 32) * below);
}

/** xoshiro128** from its four state words, not all 0: each call gives the next 32 random bits. */
export function xoshiro128(s0: number, s1: number, s2: number, s3: number): () => number {
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return result;
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Steps by the golden ratio, then scrambles; consecutive seeds give unrelated words. */
function splitMix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  };
}
