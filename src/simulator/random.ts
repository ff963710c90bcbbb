/**
 * Numbers that look random and repeat exactly for a seed. A fork depends on the seed and the keys that
 * led to it, never on how many numbers were drawn, so each particle and each tile can be made in any order.
 */
export interface Random {
  /** Evenly from [low, high); [0, 1) when not given. */
  uniform(low?: number, high?: number): number;
  /** Gaussian; mean 0 and standard deviation 1 when not given. */
  normal(mean?: number, standardDeviation?: number): number;
  /** exp of a Gaussian; its median and the exp of that Gaussian's standard deviation. */
  logNormal(median: number, geometricStandardDeviation: number): number;
  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number;
  /** An independent sequence named by an integer or a word; integers 0 to 2^32 - 1 never share one. */
  fork(key: number | string): Random;
}

type Words = readonly [number, number, number, number];

/** @throws RangeError when the seed is not a safe integer. */
export function createRandom(seed: number): Random {
  return fromWords(absorb([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], seed));
}

/**
 * A bijection of 32-bit integers in which every input bit sways every output bit
 * (the finaliser of MurmurHash3, A. Appleby; splitmix32 applies it to a counter).
 */
export function scramble32(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function absorb(words: Words, key: number): Words {
  if (!Number.isSafeInteger(key)) throw new RangeError(`random key is ${key}, expected a safe integer`);
  const low = key | 0;
  const high = Math.floor(key / 2 ** 32) | 0;
  // An odd multiplier and scramble32 are bijections, so different keys give different words.
  const mix = (word: number, odd: number) =>
    scramble32(scramble32((word + Math.imul(low, odd)) | 0) + Math.imul(high, odd) + 0x9e3779b9);
  return [
    mix(words[0], 0x9e3779b1),
    mix(words[1], 0x85ebca77),
    mix(words[2], 0xc2b2ae3d),
    mix(words[3], 0x27d4eb2f),
  ];
}

function absorbWord(words: Words, text: string): Words {
  let absorbed = absorb(words, -1 - text.length);
  for (const character of text) absorbed = absorb(absorbed, character.codePointAt(0) ?? 0);
  return absorbed;
}

function fromWords(words: Words): Random {
  const next = sfc32(words);
  let spare: number | null = null;

  const uniform = (low = 0, high = 1) => low + (high - low) * (next() / 2 ** 32);

  /** Box and Muller (1958): two independent Gaussians from two even numbers. */
  const gaussian = () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };

  return {
    uniform,
    normal: (mean = 0, standardDeviation = 1) => mean + standardDeviation * gaussian(),
    logNormal: (median, geometricStandardDeviation) =>
      median * Math.exp(Math.log(geometricStandardDeviation) * gaussian()),
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    fork: (key) => fromWords(typeof key === 'number' ? absorb(words, key) : absorbWord(words, key)),
  };
}

/** Small Fast Counter, 32 bit (C. Doty-Humphrey, PractRand): 128 bits of state, period at least 2^32. */
function sfc32([first, second, third, fourth]: Words): () => number {
  let a = first | 0;
  let b = second | 0;
  let c = third | 0;
  let counter = fourth | 0;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}
