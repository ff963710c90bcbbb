import {
  INT8,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
} from '../../../src/inference/onnx/onnx-graph.ts';

export const UINT8 = 2;

export function node(
  opType: string,
  input: readonly string[],
  output: string,
  changes: Partial<OnnxNode> = {},
): OnnxNode {
  return { opType, input, output: [output], name: '', domain: '', attribute: [], ...changes };
}

export function attribute(name: string, changes: Partial<OnnxAttribute>): OnnxAttribute {
  return { name, i: 0, t: null, g: null, graphs: [], ...changes };
}

export function tensor(
  name: string,
  dims: readonly number[],
  values: readonly number[],
  dataType = INT8,
): OnnxTensor {
  const rawData = new Uint8Array(Int8Array.from(values).buffer);
  return { name, dims, dataType, int32Data: [], rawData, dataLocation: 0 };
}
