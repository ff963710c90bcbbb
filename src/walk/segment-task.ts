import type { DiskRoom } from '../health/disk-room.ts';
import { overlayPath, sampleFolder } from '../report/sample/sample-files.ts';
import type { SegmentTask } from '../segmenter/port.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import type { ModelOfTile } from './model-of-tile.ts';
import { runOf } from './run-of-tile.ts';
import type { PipelineParts } from './walk-parts.ts';

type Parts = Pick<PipelineParts, 'config' | 'store'> & { readonly room: Pick<DiskRoom, 'forOverlays'> };

/** What a segmenter is told of a tile. */
export function segmentTask(parts: Parts, tile: StoredTile, { name, thresholds }: ModelOfTile): SegmentTask {
  const { watch, report } = parts.config;
  const { databarHeightPx, pixelSizeNm, stagePositionUm, scanRotationRad } = tile.metadata;
  const { path, contentHash } = tile.file;
  return {
    ...{ path, contentHash, within: watch.folder },
    ...{ databarHeightPx, pixelSizeNm, stagePositionUm, scanRotationRad },
    ...{ model: name, thresholds, overlayPath: overlayOf(parts, tile) },
    overlayKind: report.overlayKind,
  };
}

function overlayOf({ config, store, room }: Parts, tile: StoredTile): string | null {
  const { folder, overlays } = config.report;
  if (!overlays || folder === null || !room.forOverlays) return null;
  const { sampleId, name } = runOf(store, tile);
  return overlayPath(sampleFolder(folder, sampleId, name), tile.file.path, tile.file.contentHash);
}
