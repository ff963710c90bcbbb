import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { changeAnswer, copiedModels, putDisagreeing, withOneMore } from '../known-answer/answers.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { damageNetworkInMemory, ofOthersMemory } from '../support/damaged-memory.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { itNeeding } from '../support/needs.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

describe('a computer that does not give the known answer', () => {
  it('computes exactly, is out of specification with the figures, and says so in every result', async () => {
    const place = premises();
    const models = copiedModels(place.folder);
    await putDisagreeing(join(models, 'low'));
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const grid = { rows: 1, columns: 1 };
    const daemon = startDaemonProcess(
      place,
      settingsFor(place, { mqtt: publishingTo(broker), models: { folder: models }, grid }),
    );
    await daemon.says('particled is up');
    expect(daemon.log().find(({ msg }) => msg === 'segmenter is ready')).toMatchObject({
      processor: { model: expect.any(String), features: expect.any(Array) },
      models: [
        { model: 'high', arithmetic: 'as-shipped', deviation: null },
        { model: 'low', arithmetic: 'exact' },
      ],
    });
    writeTiles(place.exportFolder, await simulatedTiles(grid));
    const summary = await listener.finalSummary();
    expect(summary.provenance.models).toMatchObject([{ name: 'low', arithmetic: 'exact' }]);
    expect(listener.tiles()).toMatchObject([{ provenance: { model: { name: 'low', arithmetic: 'exact' } } }]);
    const status = () => listener.statuses().at(-1);
    await until('a status after the start', () => status()?.health === 'out-of-specification');
    expect(status()).toMatchObject({
      health: 'out-of-specification',
      reasons: [
        expect.stringMatching(/the model low does not give its known answer \(\d+ particles of \d+, /),
      ],
    });
  });

  itNeeding(ofOthersMemory)(
    'from some night on, since its memory went bad, is told that night, and results are right from then on',
    async () => {
      const place = premises();
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const grid = { rows: 1, columns: 1 };
      // The check is a quarter of an hour before the mail: at the next full minute that leaves time to get there.
      const checkAt = new Date(60_000 * Math.ceil((Date.now() + 90_000) / 60_000));
      const at = new Date(checkAt.getTime() + 15 * 60_000).toISOString().slice(11, 16);
      const settings = settingsFor(place, {
        ...{ mqtt: publishingTo(broker), grid, mail: { at, timeZone: 'UTC' } },
      });
      const daemon = startDaemonProcess(place, settings);
      await daemon.says('particled is up');
      await until('a normal health', () => listener.statuses().at(-1)?.health === 'normal');
      await damageNetworkInMemory(daemon.segmenters()[0]!, join(packagedModelsFolder, 'low', 'model.onnx'));
      expect(Date.now()).toBeLessThan(checkAt.getTime()); // else the machine is too slow for this test

      const codes = () => listener.statuses().map(({ diagnoses }) => diagnoses.map(({ code }) => code));
      await until('the check of that night', () => codes().at(-1)?.includes('model-deviates'), {
        timeoutMs: 200_000,
        describe: daemon.stderr,
      });
      expect(codes()).toContainEqual(['known-answers']);
      const last = listener.statuses().at(-1);
      expect(last?.health).toBe('out-of-specification');
      expect(last?.reasons.join()).toMatch(/low does not give .* send reanalyse for their runs/);
      writeTiles(place.exportFolder, await simulatedTiles(grid));
      const summary = await listener.finalSummary();
      expect(summary.provenance.models).toMatchObject([{ name: 'low', arithmetic: 'exact' }]);
      expect(await daemon.end('SIGTERM')).toBe(0);

      // Latest first: of each model the night's, then that of the start.
      expect(stored(place.storeFile).modelChecks.latest(4)).toMatchObject([
        { model: 'high', arithmetic: 'as-shipped', deviation: null },
        { model: 'low', arithmetic: 'exact', deviation: expect.stringContaining('known answer') },
        { model: 'high', deviation: null },
        { model: 'low', arithmetic: 'as-shipped', deviation: null },
      ]);
    },
    360_000,
  );

  it('in exact arithmetic either does not start', async () => {
    const place = premises();
    const models = copiedModels(place.folder);
    changeAnswer(join(models, 'low'), withOneMore);
    const daemon = startDaemonProcess(
      place,
      settingsFor(place, { mqtt: { broker: 'embedded', port: 0 }, models: { folder: models } }),
    );
    expect(await daemon.ended()).toBe(1);
    expect(daemon.stderr()).toMatch(
      /low\/model\.onnx: its known answer comes out wrong in exact arithmetic too/,
    );
    expect(daemon.stderr()).not.toContain('particled is up');
  });
});
