import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { digestSettings } from '../../src/run/digest.ts';
import { startDigester } from '../../src/run/digester.ts';
import { openStore } from '../../src/store/database.ts';
import { exampleParticle, exampleRun, seenTile, segmentedTile } from '../store/examples.ts';
import { premises } from '../support/premises.ts';

const settings = digestSettings(configSchema.parse({ statistics: { resamples: 100 } }));

describe('the statistics thread', () => {
  it('answers what it is asked, and is replaced when it has ended', async () => {
    const { storeFile } = premises();
    // Without a store it ends at once, which fails the question.
    const digester = startDigester(storeFile, settings);
    onTestFinished(() => digester.close());
    await expect(digester.digest(1)).rejects.toThrow(/cannot be opened/);

    const store = openStore(storeFile);
    onTestFinished(() => store.close());
    const run = store.runs.create(exampleRun);
    const { tileId } = store.tiles.noteSeen(seenTile(run.id, 'a'));
    store.results.recordResult(tileId, segmentedTile([exampleParticle(3)]), []);
    const [one, other] = await Promise.all([digester.digest(run.id), digester.digest(run.id + 1)]);
    expect(one).toMatchObject({ tiles: { segmented: 1 }, statistics: { all: { count: 1 } } });
    expect(other).toMatchObject({ tiles: { segmented: 0 } });
  });

  it('answers nothing more once it is closed', async () => {
    const { storeFile } = premises();
    openStore(storeFile).close();
    const digester = startDigester(storeFile, settings);
    const asked = expect(digester.digest(1)).rejects.toThrow('the statistics thread has ended');
    await digester.close();
    await asked;
    await expect(digester.digest(1)).rejects.toThrow('the statistics thread is closed');
  });
});
