import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { damageNetworkInMemory, ofOthersMemory } from '../support/damaged-memory.ts';
import { itNeeding } from '../support/needs.ts';
import { queueScene } from '../support/queue-scene.ts';
import { until } from '../support/until.ts';

describe("a worker whose segmenter's memory goes bad", () => {
  itNeeding(ofOthersMemory)(
    'says so when it computes the known answers again, and its results are right from then on',
    async () => {
      const scene = await queueScene(2);
      const [worker] = await Promise.all([scene.worker('only', { checkMs: 3000 }), scene.daemon()]);
      const arithmetic = () => scene.listener.tiles().map(({ provenance }) => provenance.model?.arithmetic);
      scene.show(scene.tiles.slice(0, 1));
      await until('the first tile', () => arithmetic().length === 1, { describe: worker.stderr });
      const network = join(packagedModelsFolder, 'low', 'model.onnx');
      await damageNetworkInMemory(worker.segmenters()[0]!, network);
      await worker.says('out of specification');
      expect(worker.log().find(({ msg }) => msg === 'out of specification')).toMatchObject({
        model: 'low',
        reason: expect.stringContaining('known answer'),
      });
      scene.show(scene.tiles.slice(1));
      await until('the second tile', () => arithmetic().length === 2, { describe: worker.stderr });
      expect(arithmetic()).toEqual(['as-shipped', 'exact']);
    },
  );
});
