import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelError, messageOf } from '../errors.ts';
import type { Detections } from './detections.ts';
import type { Model } from './model-folder.ts';
import type { NetworkInput } from './network-input.ts';

/** A loaded network. `run` blocks its thread while it computes: call it in a segmenter process. */
export interface Network {
  run(input: NetworkInput): Promise<Detections>;
  close(): Promise<void>;
}

/**
 * Loads a model into onnxruntime and runs it once, since first runs are slow.
 * @throws ModelError when the file is no network or its inputs and outputs are not the manifest's.
 */
export async function openNetwork(model: Model, threads: number): Promise<Network> {
  const { manifest } = model;
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(model.file, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Shapes change with every tile's particles: planned buffers would only pile up.
      enableMemPattern: false,
    });
  } catch (error) {
    throw new ModelError(`${model.file}: onnxruntime cannot load it (${messageOf(error)})`);
  }
  checkNames(model, 'input', [manifest.input.name], session.inputNames);
  const { boxes, scores, semScores, masks } = manifest.outputs;
  checkNames(model, 'output', [boxes, scores, semScores, masks], session.outputNames);

  const run = async (input: NetworkInput): Promise<Detections> => {
    const tensor = new Tensor('float32', input.values, [1, 1, input.heightPx, input.widthPx]);
    const results = await session.run({ [manifest.input.name]: tensor }, [boxes, scores, semScores, masks]);
    return detectionsOf(model, results);
  };
  const side = manifest.input.sideMultiplePx * 2;
  await run({ values: new Float32Array(side * side), widthPx: side, heightPx: side, scaleX: 1, scaleY: 1 });
  return { run, close: () => session.release() };
}

function checkNames(model: Model, kind: string, wanted: readonly string[], present: readonly string[]): void {
  const absent = wanted.filter((name) => !present.includes(name));
  if (absent.length > 0) {
    throw new ModelError(
      `${model.file}: has no ${kind} named ${absent.join(', ')} (it has ${present.join(', ')}); correct ${kind}s in its manifest.json`,
    );
  }
}

function detectionsOf(model: Model, results: InferenceSession.OnnxValueMapType): Detections {
  const { manifest } = model;
  const names = manifest.outputs;
  const boxes = floatsOf(model, results, names.boxes);
  const masks = results[names.masks]!;
  const bins = results[names.semScores]!.dims[1];
  if (bins !== manifest.confidenceBins) {
    throw new ModelError(
      `${model.file}: ${names.semScores} has ${bins} bins, the manifest says ${manifest.confidenceBins}`,
    );
  }
  const [maskHeight = 0, maskWidth = 0] = masks.dims.slice(-2);
  return {
    count: boxes.length / 4,
    boxes,
    scores: floatsOf(model, results, names.scores),
    semScores: floatsOf(model, results, names.semScores),
    bins,
    masks: floatsOf(model, results, names.masks),
    maskWidth,
    maskHeight,
    maskSpan: names.kind,
  };
}

function floatsOf(model: Model, results: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const data = results[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new ModelError(`${model.file}: output ${name} is not float32; export it so`);
}
