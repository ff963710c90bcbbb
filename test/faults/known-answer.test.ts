import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeAnswer, copiedModels, putDisagreeing, withOneMore } from '../known-answer/answers.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
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
