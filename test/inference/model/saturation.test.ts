import { describe, expect, it } from 'vitest';
import { pairSum, saturationOf, saturationText } from '../../../src/inference/model/saturation.ts';
import { readOnnx } from '../../../src/inference/onnx/onnx-file.ts';
import { type ChannelWeights, quantisedProducts } from '../../../src/inference/onnx/quantised-products.ts';
import { type TinyForm, tinyNetwork } from '../tiny-network.ts';

function channels(...rows: number[][]): ChannelWeights {
  return { values: Int8Array.from(rows.flat()), channels: rows.length, stride: rows[0]!.length };
}

async function saturationOfTiny(form: TinyForm) {
  return saturationOf(quantisedProducts(await readOnnx(tinyNetwork(form))));
}

describe('the largest sum of two products side by side', () => {
  it('is 255 times the two largest weights of a channel, wherever they stand', () => {
    expect(pairSum(channels([64, -1, 3, 65]))).toBe(255 * (64 + 65));
    expect(pairSum(channels([-70, 5, 6, -60]))).toBe(255 * (-70 - 60));
  });

  it('never mixes channels, nor signs: a channel of one weight meets a zero', () => {
    expect(pairSum(channels([100, -100], [90, -90]))).toBe(255 * 100);
    // Columns as channels: 1 and 3, 2 and 4.
    expect(pairSum({ values: Int8Array.of(1, 2, 3, 4), channels: 2, stride: 1 })).toBe(255 * 6);
  });

  it('is the farthest there is where weights are not known', () => {
    expect(pairSum(null)).toBe(255 * -256);
  });
});

describe('a network', () => {
  it('of weights up to 64 cannot saturate: 255 (64 + 64) = 32,640', async () => {
    const saturation = await saturationOfTiny('qdq-64');
    expect(saturation).toMatchObject({ products: 1, saturating: [], largest: { sum: 32_640 } });
    expect(saturationText(saturation)).toMatch(/add up to 32,640 at most, of 32,767/);
  });

  it.each(['qdq-127', 'operator-127'] as const)('such as %s may: 255 (127 + 127) = 64,770', async (form) => {
    const saturation = await saturationOfTiny(form);
    expect(saturation.saturating).toMatchObject([{ layer: 'mean-of-two', sum: 64_770 }]);
    expect(saturationText(saturation)).toMatch(/may add up to 64,770, over the 32,767 .*Conv mean-of-two\)$/);
  });

  it('of floating point has no such products', async () => {
    const saturation = await saturationOfTiny('roi-28');
    expect(saturation).toEqual({ products: 0, saturating: [], largest: null });
    expect(saturationText(saturation)).toMatch(/^no 8-bit products/);
  });
});
