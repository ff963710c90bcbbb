import { describe, expect, it } from 'vitest';
import type { OnnxNode, OnnxTensor } from '../../../src/inference/onnx/onnx-graph.ts';
import { quantisedProducts } from '../../../src/inference/onnx/quantised-products.ts';
import { attribute, node, tensor, UINT8 } from './graphs.ts';

const weights = tensor('w', [2, 3], [1, 2, 3, -1, -2, -3]);
const dequantise = node('DequantizeLinear', ['w', 'scale', 'zero'], 'w-back');

function productsOf(nodes: readonly OnnxNode[], initializer: readonly OnnxTensor[] = [weights]) {
  return quantisedProducts({ irVersion: 8, graph: { node: nodes, initializer }, functions: [] });
}

describe('products of 8 bits with signed weights', () => {
  it('are convolutions of dequantised weights, one channel a row', () => {
    const nodes = [dequantise, node('Conv', ['x', 'w-back'], 'y', { name: 'first' })];
    expect(productsOf(nodes)).toEqual([
      {
        ...{ layer: 'first', operation: 'Conv', form: 'qdq' },
        weights: { values: Int8Array.of(1, 2, 3, -1, -2, -3), channels: 2, stride: 3 },
      },
    ]);
  });

  it('are matrix products, one channel a column, or a row where the second factor is turned', () => {
    const turned = { attribute: [attribute('transB', { i: 1 })] };
    const nodes = [
      dequantise,
      node('MatMul', ['x', 'w-back'], 'a'),
      node('Gemm', ['x', 'w-back'], 'b'),
      node('Gemm', ['x', 'w-back'], 'c', turned),
    ];
    expect(
      productsOf(nodes).map(({ layer, weights }) => [layer, weights?.channels, weights?.stride]),
    ).toEqual([
      ['a', 3, 1],
      ['b', 3, 1],
      ['c', 2, 3],
    ]);
  });

  it('are those of operations on 8 bits, and of any of onnxruntime that has such weights', () => {
    const nodes = [
      node('QLinearConv', ['x', 's', 'z', 'w', 's', 'z', 's', 'z'], 'a'),
      node('MatMulInteger', ['x', 'w'], 'b'),
      node('NewProduct', ['x', 'w'], 'c', { domain: 'com.microsoft' }),
    ];
    expect(productsOf(nodes).map(({ form, weights }) => [form, weights?.channels])).toEqual([
      ['operator', 2],
      ['operator', 3],
      ['operator', 1],
    ]);
  });

  it('are found behind a change of shape, in constants and in inner graphs', () => {
    const held = node('Constant', [], 'w', { attribute: [attribute('value', { t: weights })] });
    const inner = { node: [node('Conv', ['x', 'turned'], 'y')], initializer: [] };
    const nodes = [
      held,
      dequantise,
      node('Transpose', ['w-back'], 'turned'),
      node('If', ['maybe'], 'y', { attribute: [attribute('then_branch', { g: inner })] }),
    ];
    // Which axis is which is not followed, so all weights count as one channel's.
    expect(productsOf(nodes, []).map(({ weights }) => [weights?.channels, weights?.stride])).toEqual([
      [1, 6],
    ]);
  });

  it('are not known where they are computed, or lie in another file', () => {
    const computed = [
      node('DequantizeLinear', ['made', 'scale', 'zero'], 'back'),
      node('MatMul', ['x', 'back'], 'y'),
    ];
    expect(productsOf(computed)).toMatchObject([{ weights: null }]);
    const elsewhere = { ...weights, dataLocation: 1 };
    expect(productsOf([dequantise, node('Conv', ['x', 'w-back'], 'y')], [elsewhere])).toMatchObject([
      { weights: null },
    ]);
  });

  it('are none where weights are unsigned or in floating point', () => {
    const unsigned = tensor('w', [2, 3], [1, 2, 3, 4, 5, 6], UINT8);
    const conv = [dequantise, node('Conv', ['x', 'w-back'], 'y')];
    expect(productsOf(conv, [unsigned])).toEqual([]);
    expect(productsOf([node('Conv', ['x', 'w'], 'y')], [{ ...weights, dataType: 1 }])).toEqual([]);
    const ofActivations = [
      node('DequantizeLinear', ['made', 'scale', 'zero'], 'back'),
      node('MatMul', ['x', 'back'], 'y'),
    ];
    expect(productsOf(ofActivations, [tensor('zero', [], [0], UINT8)])).toEqual([]);
  });
});
