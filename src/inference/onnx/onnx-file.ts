import { readFile, stat } from 'node:fs/promises';
import protobuf from 'protobufjs/light.js';
import { ModelError, messageOf } from '../../errors.ts';
import type { OnnxModel } from './onnx-graph.ts';

/** A message of protocol buffers holds no more; larger networks keep their weights in other files. */
const SIZE_MAX_BYTES = 2 ** 31 - 1;

/** The fields of onnx.proto3 (github.com/onnx/onnx, version 1.22) that tell nodes and constants; others are skipped. */
const { nested } = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        irVersion: { id: 1, type: 'int64' },
        graph: { id: 7, type: 'GraphProto' },
        functions: { id: 25, type: 'FunctionProto', rule: 'repeated' },
      },
    },
    GraphProto: {
      fields: {
        node: { id: 1, type: 'NodeProto', rule: 'repeated' },
        initializer: { id: 5, type: 'TensorProto', rule: 'repeated' },
      },
    },
    FunctionProto: { fields: { node: { id: 7, type: 'NodeProto', rule: 'repeated' } } },
    NodeProto: {
      fields: {
        input: { id: 1, type: 'string', rule: 'repeated' },
        output: { id: 2, type: 'string', rule: 'repeated' },
        name: { id: 3, type: 'string' },
        opType: { id: 4, type: 'string' },
        attribute: { id: 5, type: 'AttributeProto', rule: 'repeated' },
        domain: { id: 7, type: 'string' },
      },
    },
    AttributeProto: {
      fields: {
        name: { id: 1, type: 'string' },
        i: { id: 3, type: 'int64' },
        t: { id: 5, type: 'TensorProto' },
        g: { id: 6, type: 'GraphProto' },
        graphs: { id: 11, type: 'GraphProto', rule: 'repeated' },
      },
    },
    TensorProto: {
      fields: {
        dims: { id: 1, type: 'int64', rule: 'repeated' },
        dataType: { id: 2, type: 'int32' },
        int32Data: { id: 5, type: 'int32', rule: 'repeated' },
        name: { id: 8, type: 'string' },
        rawData: { id: 9, type: 'bytes' },
        dataLocation: { id: 14, type: 'int32' },
      },
    },
  },
});

/**
 * Nodes and constants of a network file.
 * @throws ModelError when it is none
 */
export async function readOnnx(file: string): Promise<OnnxModel> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > SIZE_MAX_BYTES) throw new Error(`it has ${size} bytes, at most ${SIZE_MAX_BYTES}`);
    bytes = await readFile(file);
  } catch (error) {
    throw new ModelError(`${file}: cannot be read (${messageOf(error)})`);
  }
  const model = decoded(file, bytes);
  if (model.irVersion < 1 || !model.graph) {
    throw new ModelError(`${file}: is no ONNX network (it has no graph); export it as .onnx`);
  }
  return model;
}

function decoded(file: string, bytes: Buffer): OnnxModel {
  const type = nested?.ModelProto;
  if (!(type instanceof protobuf.Type)) throw new TypeError('ModelProto is no type');
  try {
    // Every field is of the type that the schema above gives it, or decoding has thrown.
    return type.toObject(type.decode(bytes), { longs: Number, defaults: true }) as OnnxModel;
  } catch (error) {
    throw new ModelError(`${file}: is no ONNX network (${messageOf(error)}); export it as .onnx`);
  }
}
