import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import { configSchema } from '../../src/config/schema.ts';
import type { NetworkLimit } from '../../src/inference/detections.ts';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import type { TileQuality } from '../../src/measure/image-quality.ts';
import type { Particle } from '../../src/measure/particle.ts';
import { withSequence } from '../../src/publish/outbox-sender.ts';
import { progressSchema } from '../../src/publish/schema/progress.ts';
import { summarySchema } from '../../src/publish/schema/summary.ts';
import { tileSchema } from '../../src/publish/schema/tile.ts';
import { digestSettings } from '../../src/run/digest.ts';
import { type Digester, startDigester } from '../../src/run/digester.ts';
import type { Reporter } from '../../src/run/reporter.ts';
import type { Clocks } from '../../src/run/silence.ts';
import type { Segmenter, SegmentTask } from '../../src/segmenter/port.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { createPipeline } from '../../src/walk/pipeline.ts';
import type { Pipeline, PipelineParts } from '../../src/walk/walk-parts.ts';
import { localTileFiles, type TileFiles } from '../../src/watcher/tile-files.ts';
import { recorder } from '../publish/sending.ts';
import { exampleParticle } from '../store/examples.ts';
import { type Premises, type Settings, settingsFor } from './premises.ts';

/** A pipeline over a real store and statistics thread, with a segmenter of the test's. */
export interface Walk {
  readonly pipeline: Pipeline;
  readonly store: Store;
  readonly log: ReturnType<typeof recorder>;
  /** The same parts, for another pipeline or for run results alone. */
  readonly parts: PipelineParts & { readonly files: TileFiles };
  /** Lets files arrive and waits until nothing is left to do. */
  take(...paths: string[]): Promise<void>;
  /** What stands in the outbox, by the schemas. */
  messages(): { topic: string; payload: { schema: string } }[];
  tiles(): z.infer<typeof tileSchema>[];
  progress(): z.infer<typeof progressSchema>[];
  summaries(): z.infer<typeof summarySchema>[];
}

export interface WalkParts {
  readonly segment?: (task: SegmentTask) => readonly Particle[] | Promise<readonly Particle[]>;
  /** What is unlike an even tile in a tile's imaging. */
  readonly quality?: (task: SegmentTask) => Partial<TileQuality>;
  /** Limits of the network that a tile reaches; none by default. */
  readonly limits?: (task: SegmentTask) => readonly NetworkLimit[];
  readonly capacity?: number;
  readonly settings?: Settings;
  readonly digester?: (real: Digester) => Digester;
  /** Closed with the walk; without one, no files of samples are written. */
  readonly reporter?: Reporter;
  /** The system's by default. */
  readonly clocks?: Clocks;
  /** Looked at directly by default. */
  readonly files?: TileFiles;
  /** None by default. */
  readonly shadow?: PipelineParts['shadow'];
}

const models = loadModels(packagedModelsFolder);

export async function walkOn(place: Premises, given: WalkParts = {}): Promise<Walk> {
  const config = configSchema.parse(settingsFor(place, given.settings));
  const store = openStore(place.storeFile);
  const real = startDigester(place.storeFile, digestSettings(config));
  const reporter = given.reporter ?? noReports;
  const log = recorder();
  const parts: Walk['parts'] = {
    files:
      given.files ??
      localTileFiles({
        ...{ folder: place.exportFolder, displayWidthDefaultM: 0.519 },
        pixelSizeNm: config.instrument.pixelSizeNm,
      }),
    config,
    store,
    models: await models,
    segmenter: segmenterOf(given.segment ?? threeParticles, given.quality, given.limits),
    capacity: given.capacity ?? 2,
    digester: given.digester?.(real) ?? real,
    reporter,
    logger: log,
    onMessage: () => {},
    ...(given.clocks && { clocks: given.clocks }),
    ...(given.shadow && { shadow: given.shadow }),
  };
  const pipeline = createPipeline(parts);
  onTestFinished(async () => {
    await pipeline.stop();
    await reporter.close();
    await real.close();
    store.close();
  });
  const rows = () =>
    store.outbox.next(0, 10_000).map((row) => ({ ...row, text: withSequence(row.payload, row.id) }));
  const of = <T>(ending: string, schema: z.ZodType<T>): T[] =>
    rows()
      .filter(({ topic }) => topic.endsWith(ending))
      .map(({ text }) => schema.parse(JSON.parse(text)));
  return {
    pipeline,
    store,
    log,
    parts,
    async take(...paths) {
      for (const path of paths) pipeline.arrive(path);
      await pipeline.idle();
    },
    messages: () => rows().map(({ topic, text }) => ({ topic, payload: JSON.parse(text) })),
    tiles: () => of('/tile', tileSchema),
    progress: () => of('/progress', progressSchema),
    summaries: () => of('/summary', summarySchema),
  };
}

const noReports: Reporter = { write: () => Promise.resolve(), close: () => Promise.resolve() };

/** Every tile shows particles of 1 and 4 um2, and one of 9 um2 that its border cuts. */
export function threeParticles({ stagePositionUm }: SegmentTask): Particle[] {
  return [1, 4, 9].map((areaUm2) => ({
    ...exampleParticle(areaUm2, areaUm2 !== 4),
    touchesBorder: areaUm2 === 9,
    cutsPx: areaUm2 === 9 ? [{ side: 'left', fromPx: 180, toPx: 229 }] : [],
    centroidStageUm: stagePositionUm && { x: stagePositionUm.x, y: stagePositionUm.y + 2 * areaUm2 },
  }));
}

/** Of a tile that no rule fails. */
const evenQuality: TileQuality = {
  greyMean: 100,
  greyStandardDeviation: 30,
  greyP10: 40,
  greyP90: 160,
  blackShare: 0,
  whiteShare: 0,
  saturatedShare: 0,
  edgeBlurPx: 1.2,
  rowFlickerGrey: 0.4,
  rowJitterPx: 0.05,
};

function boxOutline([x, y, width, height]: Particle['boxPx']): number[] {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}

/** The port to a segmenter, with answers instead of a network. */
function segmenterOf(
  particlesOf: NonNullable<WalkParts['segment']>,
  unlikeEven: NonNullable<WalkParts['quality']> = () => ({}),
  limits: NonNullable<WalkParts['limits']> = () => [],
): Segmenter {
  return {
    async segment(task) {
      const particles = await particlesOf(task);
      return {
        particles,
        outlines: particles.map(({ boxPx }) => [boxOutline(boxPx)]),
        quality: { ...evenQuality, ...unlikeEven(task) },
        model: { name: task.model, sha256: 'a'.repeat(64), arithmetic: 'as-shipped' },
        limitsReached: limits(task),
        looks: 1,
        durationsMs: { read: 0, network: 0, combine: 0, measure: 0 },
      };
    },
    close: () => Promise.resolve(),
  };
}
