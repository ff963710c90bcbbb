/** What of an ONNX file tells its nodes and constants, by the names of onnx.proto. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly graph: OnnxGraph | null;
  readonly functions: readonly Pick<OnnxGraph, 'node'>[];
}

export interface OnnxGraph {
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
}

export interface OnnxNode {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxAttribute {
  readonly name: string;
  readonly i: number;
  readonly t: OnnxTensor | null;
  readonly g: OnnxGraph | null;
  readonly graphs: readonly OnnxGraph[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** `TensorProto.DataType`. */
  readonly dataType: number;
  readonly int32Data: readonly number[];
  readonly rawData: Uint8Array;
  /** 1: in another file. */
  readonly dataLocation: number;
}

export const INT8 = 3;

/** Names in a graph: those of its own nodes and constants, then those of the graph around it. */
export interface Scope {
  constant(name: string): OnnxTensor | undefined;
  maker(name: string): OnnxNode | undefined;
}

export function scopeOf(
  { node, initializer }: { readonly node: readonly OnnxNode[]; readonly initializer?: readonly OnnxTensor[] },
  around?: Scope,
): Scope {
  const makers = new Map(node.flatMap((one) => one.output.map((name) => [name, one] as const)));
  const constants = new Map(initializer?.map((tensor) => [tensor.name, tensor]));
  const maker = (name: string) => makers.get(name) ?? around?.maker(name);
  return {
    maker,
    constant(name) {
      const held = constants.get(name);
      if (held) return held;
      const made = makers.get(name);
      if (!made) return around?.constant(name);
      if (made.opType !== 'Constant') return undefined;
      return made.attribute.find((attribute) => attribute.name === 'value')?.t ?? undefined;
    },
  };
}
