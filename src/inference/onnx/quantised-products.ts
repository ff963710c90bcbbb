import {
  INT8,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type Scope,
  scopeOf,
} from './onnx-graph.ts';

/** A convolution or matrix product whose second factor is signed and of 8 bits. */
export interface QuantisedProduct {
  readonly layer: string;
  readonly operation: string;
  /** qdq: floating point between DequantizeLinear and QuantizeLinear; operator: an operation on 8 bits by itself. */
  readonly form: 'qdq' | 'operator';
  /** Null: computed while it runs, or in another file. */
  readonly weights: ChannelWeights | null;
}

/** Value i belongs to the output channel floor(i / stride) mod channels. */
export interface ChannelWeights {
  readonly values: Int8Array;
  readonly channels: number;
  readonly stride: number;
}

/** Where an operation has its weights, of which axis the output channels are, and where their zero point. */
interface Form {
  readonly weights: number;
  readonly axis: number;
  readonly zeroPoint?: number;
}

/** Operations in floating point; onnxruntime computes them in 8 bits where their inputs come from 8 bits. */
const QDQ: Readonly<Record<string, Form>> = {
  Conv: { weights: 1, axis: 0 },
  ConvTranspose: { weights: 1, axis: 1 },
  MatMul: { weights: 1, axis: -1 },
  Gemm: { weights: 1, axis: 1 },
};

/** Operations on 8 bits, of ONNX and of onnxruntime (ContribOperators.md). */
const OPERATORS: Readonly<Record<string, Form>> = {
  QLinearConv: { weights: 3, axis: 0, zeroPoint: 5 },
  ConvInteger: { weights: 1, axis: 0, zeroPoint: 3 },
  QLinearMatMul: { weights: 3, axis: -1, zeroPoint: 5 },
  MatMulInteger: { weights: 1, axis: -1, zeroPoint: 3 },
  QGemm: { weights: 3, axis: 1, zeroPoint: 5 },
  MatMulIntegerToFloat: { weights: 1, axis: -1, zeroPoint: 5 },
  DynamicQuantizeMatMul: { weights: 1, axis: -1, zeroPoint: 3 },
  QAttention: { weights: 1, axis: -1 },
};

/** Operations that leave values as they are, so that 8 bits are known through them. */
const SHAPING = new Set(['Transpose', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Identity']);
const CONTRIBUTED = 'com.microsoft';

/** Every product of a network with signed weights of 8 bits, those of its inner graphs and functions too. */
export function quantisedProducts({ graph, functions }: OnnxModel): QuantisedProduct[] {
  const own = graph ? productsOf(graph) : [];
  return [...own, ...functions.flatMap(({ node }) => productsOf({ node, initializer: [] }))];
}

function productsOf(graph: OnnxGraph, around?: Scope): QuantisedProduct[] {
  const scope = scopeOf(graph, around);
  return graph.node.flatMap((node) => [
    ...productOf(node, scope),
    ...node.attribute
      .flatMap(({ g, graphs }) => (g ? [g, ...graphs] : graphs))
      .flatMap((inner) => productsOf(inner, scope)),
  ]);
}

function productOf(node: OnnxNode, scope: Scope): QuantisedProduct[] {
  const found = weightsOf(node, scope);
  if (!found || found.weights === 'none') return [];
  const { form, weights } = found;
  return [{ layer: node.name || (node.output[0] ?? ''), operation: node.opType, form, weights }];
}

interface FoundWeights extends Pick<QuantisedProduct, 'form'> {
  readonly weights: ReturnType<typeof signedWeights>;
}

function weightsOf(node: OnnxNode, scope: Scope): FoundWeights | null {
  const qdq = QDQ[node.opType];
  if (qdq) {
    const held = dequantised(node.input[qdq.weights] ?? '', scope);
    if (!held) return null;
    const axis = held.reshaped ? null : axisOf(node, qdq);
    return { form: 'qdq', weights: signedWeights(scope, held.name, axis, held.zeroPoint) };
  }
  const operator = OPERATORS[node.opType];
  if (operator) {
    const name = node.input[operator.weights] ?? '';
    const zeroPoint = operator.zeroPoint === undefined ? '' : (node.input[operator.zeroPoint] ?? '');
    return { form: 'operator', weights: signedWeights(scope, name, axisOf(node, operator), zeroPoint) };
  }
  if (node.domain !== CONTRIBUTED || node.opType === 'DequantizeLinear') return null;
  // One that is not known here: whatever it multiplies, it does so with these.
  const name = node.input.find((input) => isManySigned(scope.constant(input)));
  return name === undefined ? null : { form: 'operator', weights: signedWeights(scope, name, null, '') };
}

/** A zero point is of one value, or of one a channel. */
function isManySigned(tensor: OnnxTensor | undefined): boolean {
  return tensor?.dataType === INT8 && tensor.dims.length > 1;
}

/** The tensor of 8 bits that a value was made from, as far as only its shape has changed since. */
function dequantised(
  name: string,
  scope: Scope,
): { readonly name: string; readonly zeroPoint: string; readonly reshaped: boolean } | null {
  let maker = scope.maker(name);
  let reshaped = false;
  while (maker && SHAPING.has(maker.opType)) {
    reshaped = true;
    maker = scope.maker(maker.input[0] ?? '');
  }
  if (maker?.opType !== 'DequantizeLinear') return null;
  return { name: maker.input[0] ?? '', zeroPoint: maker.input[2] ?? '', reshaped };
}

function axisOf(node: OnnxNode, { axis }: Form): number {
  const isTurned = node.attribute.some(({ name, i }) => name === 'transB' && i === 1);
  return isTurned ? 0 : axis;
}

/** @returns 'none' where they are not signed or not of 8 bits. */
function signedWeights(
  scope: Scope,
  name: string,
  axis: number | null,
  zeroPoint: string,
): ChannelWeights | null | 'none' {
  const tensor = scope.constant(name);
  if (!tensor) {
    // Its zero point has its type; without one a DequantizeLinear's input may be of any.
    const type = scope.constant(zeroPoint)?.dataType;
    return type === undefined || type === INT8 ? null : 'none';
  }
  if (tensor.dataType !== INT8) return 'none';
  if (tensor.dataLocation !== 0) return null;
  const { rawData, int32Data, dims } = tensor;
  const values = rawData.length > 0 ? new Int8Array(rawData) : Int8Array.from(int32Data);
  if (axis === null) return { values, channels: 1, stride: Math.max(1, values.length) };
  const at = axis < 0 ? dims.length + axis : axis;
  const stride = dims.slice(at + 1).reduce((product, size) => product * size, 1);
  return { values, channels: dims[at] ?? 1, stride };
}
