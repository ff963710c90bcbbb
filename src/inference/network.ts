import './no-telemetry.ts';

import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelError, messageOf } from '../errors.ts';
import type { Detections } from './detections.ts';
import { loadFault } from './load-fault.ts';
import { limitsOf } from './looks/limit-use.ts';
import type { Arithmetic, Manifest } from './model/manifest.ts';
import type { Model } from './model/model-folder.ts';
import { contractFaults, type TensorFacts } from './model/network-contract.ts';
import { type NetworkInput, warmUpInput } from './network-input.ts';

/** A loaded network. `run` blocks its thread while it computes: call it in a segmenter process. */
export interface Network {
  run(input: NetworkInput): Promise<Detections>;
  close(): Promise<void>;
}

/** What can be asked of a network before anything is known of it. */
export interface NetworkFacts {
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
}

/**
 * Loads a model into onnxruntime and runs it once, since first runs are slow.
 * @throws ModelError when the file is no network or its inputs and outputs are not the manifest's.
 */
export async function openNetwork(
  model: Pick<Model, 'file' | 'manifest'>,
  threads: number,
  arithmetic: Arithmetic = model.manifest.arithmetic ?? 'as-shipped',
): Promise<Network> {
  const { file, manifest } = model;
  const session = await openSession(file, threads, arithmetic);
  const { inputs, outputs } = factsOf(session);
  const faults = contractFaults(manifest, inputs, outputs);
  if (faults.length > 0) {
    await session.release();
    throw new ModelError(`${file}: ${faults.join('; ')}`);
  }
  const { boxes, scores, semScores, masks, limitUse } = manifest.outputs;
  const asked = [boxes, scores, semScores, masks, ...(limitUse ? [limitUse] : [])];
  const run = async (input: NetworkInput): Promise<Detections> => {
    const tensor = new Tensor('float32', input.values, [1, 1, input.heightPx, input.widthPx]);
    const results = await session.run({ [manifest.input.name]: tensor }, asked);
    return detectionsOf(file, manifest, results);
  };
  await run(warmUpInput(manifest.input));
  return { run, close: () => session.release() };
}

/**
 * Names, types and shapes of a network file's inputs and outputs.
 * @throws ModelError when onnxruntime cannot load it.
 */
export async function networkFacts(file: string): Promise<NetworkFacts> {
  const session = await openSession(file, 1);
  try {
    return factsOf(session);
  } finally {
    await session.release();
  }
}

async function openSession(
  file: string,
  threads: number,
  arithmetic: Arithmetic = 'as-shipped',
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(file, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Shapes change with every tile's particles: planned buffers would only pile up.
      enableMemPattern: false,
      // Without it, what stands between DequantizeLinear and QuantizeLinear is computed in 8 bits.
      ...(arithmetic === 'exact' ? { extra: { session: { disable_quant_qdq: '1' } } } : {}),
    });
  } catch (error) {
    throw new ModelError(`${file}: ${loadFault(messageOf(error))}`);
  }
}

function factsOf({ inputMetadata, outputMetadata }: InferenceSession): NetworkFacts {
  const plain = (all: readonly InferenceSession.ValueMetadata[]): TensorFacts[] =>
    all.map((facts) =>
      facts.isTensor
        ? { name: facts.name, type: facts.type, shape: facts.shape }
        : { name: facts.name, type: 'no tensor', shape: [] },
    );
  return { inputs: plain(inputMetadata), outputs: plain(outputMetadata) };
}

/** Sizes come from the tensors: a mask has as many cells as the network gives it. */
function detectionsOf(
  file: string,
  { outputs, confidenceBins: bins }: Pick<Manifest, 'outputs' | 'confidenceBins'>,
  results: InferenceSession.OnnxValueMapType,
): Detections {
  const boxes = floatsOf(file, results, outputs.boxes);
  const scores = floatsOf(file, results, outputs.scores);
  const semScores = floatsOf(file, results, outputs.semScores);
  const masks = floatsOf(file, results, outputs.masks);
  const [maskHeight = 0, maskWidth = 0] = results[outputs.masks]!.dims.slice(-2);
  const count = scores.length;
  const sizes = [
    [outputs.boxes, boxes.length, 4],
    [outputs.semScores, semScores.length, bins],
    [outputs.masks, masks.length, maskWidth * maskHeight],
  ] as const;
  for (const [name, found, each] of sizes) {
    if (found === count * each) continue;
    throw new ModelError(
      `${file}: output ${name} has ${found} values for ${count} scores, expected ${each} each (${count * each})`,
    );
  }
  const limitsReached = outputs.limitUse ? limitsOf(floatsOf(file, results, outputs.limitUse)) : [];
  const maskSpan = outputs.kind;
  return { count, boxes, scores, semScores, bins, masks, maskWidth, maskHeight, maskSpan, limitsReached };
}

function floatsOf(file: string, results: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const data = results[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new ModelError(`${file}: output ${name} is not float32; export it so`);
}
