import type { Random } from '../../src/simulator/random.ts';

const LARGEST_BYTES = 20_000;
/** Lengths, counts and offsets that readers trip over. */
const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Another input made of this one by one to eight changes; `others` are spliced in, `words` belong to the format. */
export function mutated(
  input: Buffer,
  others: readonly Buffer[],
  words: readonly string[],
  random: Random,
): Buffer {
  let bytes = Buffer.from(input);
  for (let change = random.integer(1, 8); change > 0; change--) bytes = changed(bytes, others, words, random);
  return bytes.subarray(0, LARGEST_BYTES);
}

function changed(
  bytes: Buffer,
  others: readonly Buffer[],
  words: readonly string[],
  random: Random,
): Buffer<ArrayBuffer> {
  const at = random.integer(0, bytes.length);
  const length = random.integer(1, 40);
  const rest = bytes.subarray(Math.min(bytes.length, at + length));
  const before = bytes.subarray(0, at);
  switch (random.integer(0, 7)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = flipped[at]! ^ (1 << random.integer(0, 7));
      return flipped;
    }
    case 1:
      return numbered(bytes, at, random);
    case 2: // left out
      return Buffer.concat([before, rest]);
    case 3: // twice or many times
      return Buffer.concat([
        before,
        ...Array(random.integer(1, 60)).fill(bytes.subarray(at, at + length)),
        rest,
      ]);
    case 4: // cut off
      return Buffer.from(before);
    case 5: {
      const other = others[random.integer(0, others.length - 1)] ?? bytes;
      const from = random.integer(0, other.length);
      return Buffer.concat([before, other.subarray(from, from + random.integer(1, 300)), bytes.subarray(at)]);
    }
    case 6: {
      const word = words[random.integer(0, words.length - 1)] ?? '';
      return Buffer.concat([before, Buffer.from(word), bytes.subarray(at)]);
    }
    default: {
      const noise = Buffer.from(Array.from({ length: random.integer(1, 8) }, () => random.integer(0, 255)));
      return Buffer.concat([before, noise, rest]);
    }
  }
}

function numbered(bytes: Buffer, at: number, random: Random): Buffer<ArrayBuffer> {
  const copy = Buffer.from(bytes);
  const value = NUMBERS[random.integer(0, NUMBERS.length - 1)]!;
  const width = [1, 2, 4][random.integer(0, 2)]!;
  if (at + width > copy.length) return copy;
  const fitting = value % 2 ** (8 * width);
  if (random.integer(0, 1) === 0) copy.writeUIntLE(fitting, at, width);
  else copy.writeUIntBE(fitting, at, width);
  return copy;
}
