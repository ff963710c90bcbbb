import type { ChannelWeights, QuantisedProduct } from '../onnx/quantised-products.ts';

/** Largest and least sum of 16 bits. */
const GREATEST = 32_767;
const LEAST = -32_768;
/** Largest activation of 8 bits, unsigned; kernels turn signed ones unsigned. */
const ACTIVATION_MAX = 255;

/** What two products side by side may add up to in one of a network's layers. */
export interface PairSum {
  readonly layer: string;
  readonly operation: string;
  readonly form: QuantisedProduct['form'];
  /** The sum farthest from 0 that its weights allow. */
  readonly sum: number;
}

/** Whether a network's products of 8 bits fit every processor. */
export interface Saturation {
  /** Its products with signed weights of 8 bits. */
  readonly products: number;
  /** Those whose pairs may leave 16 bits, the worst first. */
  readonly saturating: readonly PairSum[];
  /** The largest of all; null without any. */
  readonly largest: PairSum | null;
}

/**
 * Without VNNI, AVX2 and AVX-512 add products of unsigned and signed numbers of 8 bits in pairs into 16 bits and
 * cut what does not fit (VPMADDUBSW, Intel SDM vol. 2). Which weights meet depends on how a kernel packs them, so
 * a channel's two largest and its two least are taken: the sum that no packing exceeds.
 */
export function saturationOf(products: readonly QuantisedProduct[]): Saturation {
  const sums = products
    .map(({ layer, operation, form, weights }) => ({ layer, operation, form, sum: pairSum(weights) }))
    .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  return {
    products: sums.length,
    saturating: sums.filter(({ sum }) => sum > GREATEST || sum < LEAST),
    largest: sums[0] ?? null,
  };
}

/** Of weights that are not known, the farthest that there is. */
export function pairSum(weights: ChannelWeights | null): number {
  if (weights === null) return ACTIVATION_MAX * -128 * 2;
  const { values, channels, stride } = weights;
  // Two of each channel, from 0 on: a kernel fills up with zeros.
  const [most, next] = [new Int16Array(channels), new Int16Array(channels)];
  const [least, lesser] = [new Int16Array(channels), new Int16Array(channels)];
  for (let block = 0; block * stride < values.length; block++) {
    const channel = block % channels;
    for (let i = block * stride; i < (block + 1) * stride; i++) {
      const value = values[i]!;
      if (value > most[channel]!) {
        next[channel] = most[channel]!;
        most[channel] = value;
      } else if (value > next[channel]!) next[channel] = value;
      if (value < least[channel]!) {
        lesser[channel] = least[channel]!;
        least[channel] = value;
      } else if (value < lesser[channel]!) lesser[channel] = value;
    }
  }
  const greatest = Math.max(...most.map((value, i) => value + next[i]!));
  const lowest = Math.min(...least.map((value, i) => value + lesser[i]!));
  return ACTIVATION_MAX * (greatest >= -lowest ? greatest : lowest);
}

/** For people. */
export function saturationText({ products, saturating, largest }: Saturation): string {
  if (!largest) return 'no 8-bit products with signed weights';
  const sum = Math.abs(largest.sum).toLocaleString('en');
  const most = GREATEST.toLocaleString('en');
  if (saturating.length === 0) {
    return `pairs of 8-bit products add up to ${sum} at most, of ${most} that 16 bits hold (${products} layers)`;
  }
  return (
    `pairs of 8-bit products may add up to ${sum}, over the ${most} that 16 bits hold ` +
    `(${saturating.length} of ${products} layers, most in ${largest.operation} ${largest.layer})`
  );
}
