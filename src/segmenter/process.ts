import { z } from 'zod';
import { ModelError, messageOf, UnusableFileError } from '../errors.ts';
import { loadModel, loadModels, type Model } from '../inference/model/model-folder.ts';
import { thisProcessor } from '../inference/processor.ts';
import type { ModelCheck } from '../known-answer/model-check.ts';
import { openTrusted, type TrustedNetwork } from '../known-answer/trusted-network.ts';
import { lowerPriority } from '../process-priority.ts';
import { writeOverlay } from '../report/overlay.ts';
import type { SegmenterReply, SegmenterRequest } from './channel.ts';
import type { SegmentTask } from './port.ts';
import { segmentTile } from './segment-tile.ts';

/**
 * A segmenter process: loads its models, then answers one tile after another over its parent's channel.
 * It runs apart from the daemon because onnxruntime blocks the event loop and may crash natively.
 */
const settings = z
  .object({
    threads: z.number(),
    modelsFolder: z.string().nullable(),
    shadowFolder: z.string().optional(),
    polarity: z.enum(['bright', 'dark']),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

interface Loaded {
  readonly model: Model;
  readonly network: TrustedNetwork;
}

/** Each takes memory of its own; two serve one microscope. */
const LOADED_MOST = 4;

const models = new Map<string, Loaded>();

// The daemon answers brokers and the watchdog while all cores segment.
lowerPriority(settings.shadowFolder === undefined ? 'below-normal' : 'low');

function reply(message: SegmenterReply): void {
  // A daemon that is gone wants no answer: the process ends by itself then.
  process.send?.(message, undefined, undefined, () => {});
}

/** One model that is wrong even in exact arithmetic stops all: whatever is broken is not in its file. */
async function load(): Promise<ModelCheck[]> {
  const checks: ModelCheck[] = [];
  const { modelsFolder, shadowFolder } = settings;
  const named = shadowFolder
    ? [await loadModel(shadowFolder)]
    : modelsFolder
      ? await loadModels(modelsFolder)
      : [];
  for (const model of named) {
    const { network, check } = await openTrusted(model, settings.threads);
    models.set(model.manifest.name, { model, network });
    checks.push(check);
  }
  return checks;
}

/** The model of a task: one that was loaded at the start, or the one in the folder that the task names. */
async function modelOf({ model: name, modelFolder }: SegmentTask): Promise<Loaded> {
  if (modelFolder === undefined) {
    const loaded = models.get(name);
    if (loaded) return loaded;
    throw new Error(`no model named ${name}`);
  }
  const known = models.get(modelFolder);
  if (known) return known;
  const [oldest] = models;
  if (oldest && models.size >= LOADED_MOST) {
    models.delete(oldest[0]);
    await oldest[1].network.close();
  }
  const model = await loadModel(modelFolder);
  const loaded = { model, network: (await openTrusted(model, settings.threads)).network };
  models.set(modelFolder, loaded);
  return loaded;
}

async function checkAgain(id: number): Promise<void> {
  try {
    const checks: ModelCheck[] = [];
    for (const { network } of models.values()) checks.push(await network.check());
    reply({ kind: 'checked', id, checks });
  } catch (error) {
    reply({ kind: 'error', id, message: messageOf(error) });
  }
}

async function answer({ id, task }: Extract<SegmenterRequest, { kind: 'segment' }>): Promise<void> {
  try {
    const { model, network } = await modelOf(task);
    const polarity = task.polarity ?? settings.polarity;
    const onRead = (): void => reply({ kind: 'read', id });
    const segmented = await segmentTile(task, model, network, polarity, onRead);
    // First the overlay: a tile that counts as segmented has its picture for the report, whatever ends now.
    if (task.overlayPath) await drawn(task.overlayPath, task.overlayKind, segmented);
    reply({ kind: 'result', id, result: segmented.result });
  } catch (error) {
    if (error instanceof UnusableFileError) {
      const reason = error.message.slice(error.path.length + 2);
      reply({ kind: 'unusable', id, code: error.code, reason, mayRecover: error.mayRecover });
    } else if (error instanceof ModelError) reply({ kind: 'unfit', id, message: error.message });
    else reply({ kind: 'error', id, message: messageOf(error) });
  }
}

/** An overlay that cannot be written is said, and costs nothing else: the numbers are sent all the same. */
async function drawn(
  path: string,
  kind: SegmentTask['overlayKind'],
  { image, segments }: Awaited<ReturnType<typeof segmentTile>>,
): Promise<void> {
  try {
    await writeOverlay(path, image, segments, kind);
  } catch (error) {
    console.error(
      `${path}: overlay not written (${messageOf(error)}); check the key report.folder and the disk`,
    );
  }
}

let previous = Promise.resolve();
// Ctrl-C and systemd signal the daemon's whole group; the daemon alone decides when its segmenters end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => void previous.finally(() => process.exit(0))); // the daemon ends, or is gone
try {
  const checks = await load();
  process.on('message', (request: SegmenterRequest) => {
    previous = previous.then(() => (request.kind === 'check' ? checkAgain(request.id) : answer(request)));
  });
  reply({ kind: 'ready', processor: thisProcessor(), checks });
} catch (error) {
  reply({ kind: 'refused', message: messageOf(error) });
}
