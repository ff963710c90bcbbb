import { dirname } from 'node:path';
import { type ExportFigures, figuresOf } from '../../../evaluation/exports/export-figures.ts';
import { chooseModel } from '../../../inference/model/choose-model.ts';
import type { Model } from '../../../inference/model/model-folder.ts';
import type { Polarity } from '../../../inference/network-input.ts';
import type { Segment } from '../../../inference/segment.ts';
import { openTrusted, type TrustedNetwork } from '../../../known-answer/trusted-network.ts';
import { segmentTile } from '../../../segmenter/segment-tile.ts';
import type { GreyImage } from '../../../watcher/image/grey-image.ts';
import { type ExportFile, knownExport } from './export-files.ts';

/** What the pipeline answered of one export. */
export interface ExportFound {
  readonly name: string;
  readonly sha256: string;
  readonly model: string;
  /** Null: the file states no metadata. */
  readonly pixelSizeNm: number | null;
  readonly magnification: number | null;
  readonly figures: ExportFigures;
}

/** The same with its pixels, of which one export's at a time are in memory. */
export interface FoundExport extends ExportFound {
  readonly image: GreyImage;
  /** As in `figures.outlines`. */
  readonly segments: readonly Segment[];
}

export interface ExportJudge {
  /** @throws UnusableFileError for a file that no tile can be, missing metadata aside. */
  judge(file: ExportFile): Promise<FoundExport>;
  close(): Promise<void>;
}

/**
 * Answers exports as a segmenter does, with the thresholds that the models ship with and on one thread, so that sums
 * run in one order wherever it is.
 * @param fallback model of files that state no magnification.
 */
export function openExportJudge(
  models: readonly Model[],
  fallback: Model,
  polarity: Polarity,
  displayWidthM: number,
): ExportJudge {
  const networks = new Map<Model, TrustedNetwork>();
  const networkOf = async (model: Model) => {
    const network = networks.get(model) ?? (await openTrusted(model, 1)).network;
    networks.set(model, network);
    return network;
  };
  return {
    judge: async ({ name, path }) => {
      const { sha256, metadata } = await knownExport(path, displayWidthM);
      const model = metadata ? chooseModel(models, metadata.magnification, path) : fallback;
      // Without a pixel size one is as good as any other: figures are in pixels.
      const pixelSizeNm = metadata?.pixelSizeNm ?? 1000;
      const task = {
        path,
        contentHash: sha256,
        within: dirname(path),
        databarHeightPx: metadata?.databarHeightPx ?? 0,
        pixelSizeNm,
        stagePositionUm: metadata?.stagePositionUm ?? { x: 0, y: 0 },
        model: model.manifest.name,
        thresholds: model.manifest.thresholds,
        overlayPath: null,
      };
      const { result, image, segments } = await segmentTile(task, model, await networkOf(model), polarity);
      const scale = { heightPx: image.heightPx, pixelSizeUm: pixelSizeNm / 1000 };
      return {
        name,
        sha256,
        model: model.manifest.name,
        pixelSizeNm: metadata?.pixelSizeNm ?? null,
        magnification: metadata?.magnification ?? null,
        figures: figuresOf(result.particles, scale, result.limitsReached.join(' ') || null),
        image,
        segments,
      };
    },
    close: async () => {
      for (const network of networks.values()) await network.close();
    },
  };
}
