import { describe, expect, it } from 'vitest';
import { chooseModel } from '../../src/inference/model/choose-model.ts';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { openNetwork } from '../../src/inference/network.ts';
import { segmentTile } from '../../src/segmenter/segment-tile.ts';
import { contentHashOf } from '../../src/watcher/content-hash.ts';
import { premises } from '../support/premises.ts';
import { simulatedTiles, strip, writeTiles } from '../support/tiles.ts';

describe('a segmented tile', () => {
  it('has an outline of each particle, of its area and about its centroid', async () => {
    const { exportFolder } = premises();
    const [path = ''] = writeTiles(
      exportFolder,
      await simulatedTiles({ ...strip, rows: 1, columns: 1, seed: 3 }),
    );
    const model = chooseModel(await loadModels(packagedModelsFolder), 5_000, path);
    const network = Object.assign(await openNetwork(model, 1), { arithmetic: 'as-shipped' as const });
    const task = {
      ...{ path, contentHash: await contentHashOf(path), within: exportFolder, databarHeightPx: 0 },
      // 80 um over 320 px.
      ...{ pixelSizeNm: 250, stagePositionUm: null, overlayPath: null },
      ...{ model: model.manifest.name, thresholds: model.manifest.thresholds },
    };
    const { result } = await segmentTile(task, model, network, 'bright');
    expect(result.particles.length).toBeGreaterThan(0);
    expect(result.outlines).toHaveLength(result.particles.length);
    for (const [index, { areaUm2, centroidPx, boxPx }] of result.particles.entries()) {
      const [ring = [], ...others] = result.outlines[index]!;
      expect(others).toEqual([]);
      const areaPx = areaUm2 / 0.25 ** 2;
      const outlined = areaOf(ring);
      // Holes are passed over, so that it may hold more.
      expect(outlined).toBeGreaterThan(areaPx * 0.995 - 0.2);
      expect(outlined).toBeLessThan(boxPx[2] * boxPx[3] + 1);
      const xs = ring.filter((_, at) => at % 2 === 0);
      expect(Math.min(...xs)).toBeLessThan(centroidPx.x);
      expect(Math.max(...xs)).toBeGreaterThan(centroidPx.x);
    }
  });
});

/** Shoelace formula. */
function areaOf(ring: readonly number[]): number {
  let twice = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    twice += ring[at]! * ring[next + 1]! - ring[next]! * ring[at + 1]!;
  }
  return twice / 2;
}
