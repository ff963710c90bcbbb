import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  keptStoreFile,
  modelsAsked,
  requireOneSet,
  restatedText,
} from '../../../src/commands/analyse/result-set.ts';
import { chooseModel } from '../../../src/inference/model/choose-model.ts';
import { loadModels, packagedModelsFolder } from '../../../src/inference/model/model-folder.ts';
import { openStore } from '../../../src/store/database.ts';
import { exampleRun, seenTile, segmentedTile, storeWithRun } from '../../store/examples.ts';
import { storeDiscRun } from '../../support/disc-run.ts';
import { premises } from '../../support/premises.ts';

const models = await loadModels(packagedModelsFolder);
const low = models.find(({ manifest }) => manifest.name === 'low')!.manifest;

/** Counted as without a configuration. */
const plain = { filter: null, diameter: 'area' } as const;

/** A store with one tile that `low` has segmented, at 5,406x. */
function segmentedByLow(thresholds: Readonly<Record<string, number>> = low.thresholds) {
  const { store, runId } = storeWithRun();
  const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
  const model = { name: 'low', sha256: low.sha256, thresholds };
  store.results.recordResult(tileId, { ...segmentedTile([]), model }, []);
  return store;
}

describe('a set of results', () => {
  it('is by each model at its magnifications, or by the named one at all, and of no other', () => {
    expect(modelsAsked(models, null)).toBe(models);
    for (const magnification of [1, 5000, 50_000])
      expect(chooseModel(modelsAsked(models, 'high'), magnification, 'a.tif').manifest.name).toBe('high');
    expect(() => modelsAsked(models, 'middle')).toThrow(
      '--model middle: is not installed; there are high (from 10000x), low (0x to 10000x)',
    );
  });

  it('goes on as it began', () => {
    const store = segmentedByLow();
    for (const name of [null, 'low'])
      requireOneSet(store, { models: modelsAsked(models, name), ...plain }, 'first.db');
  });

  it('takes neither another model nor other thresholds', () => {
    const other = { models: modelsAsked(models, 'high'), ...plain };
    expect(() => requireOneSet(segmentedByLow(), other, 'first.db')).toThrow(
      /^first\.db: holds 1 tile segmented by low \(.*, and now it would be by high .* --store and an --out of its own/,
    );
    const changed = segmentedByLow({ ...low.thresholds, smallestAreaPx: 999 });
    expect(() => requireOneSet(changed, { models, ...plain }, 'first.db')).toThrow('smallestAreaPx 999');
  });

  it('is counted by one diameter', () => {
    const { storeFile } = premises();
    storeDiscRun(storeFile, { rows: 2, columns: 3, statistics: { diameter: 'feretMax' } });
    const store = openStore(storeFile);
    // Of the tiles there is another test: the discs are by no model that is installed.
    const counted = { ...store, tiles: storeWithRun().store.tiles };
    expect(() => requireOneSet(counted, { models, ...plain }, 'first.db')).toThrow(
      /^first\.db: its sizes are by statistics\.diameter feretMax, and now it would be area; .* --out of its own/,
    );
    requireOneSet(counted, { models, filter: null, diameter: 'feretMax' }, 'first.db');
  });

  it('tells that files keep the size of a pixel that was stated of them', () => {
    const { store } = storeWithRun();
    const run = { ...exampleRun, pixelSizeSource: 'stated' as const, pixelSizeNm: 200 };
    expect(restatedText(store, 100, 'first.db')).toBeNull();
    store.runs.create({ ...run, name: 'stated' });
    expect(restatedText(store, 200, 'first.db')).toBeNull();
    expect(restatedText(store, null, 'first.db')).toBeNull();
    expect(restatedText(store, 100, 'first.db')).toMatch(
      /^first\.db: .* was measured with a stated pixel of 200 nm and stays so; to measure it with 100 nm give this a --store/,
    );
  });

  it('is never kept in the store of the daemon, by whatever name', () => {
    const { folder, storeFile } = premises();
    writeFileSync(storeFile, '');
    const link = join(folder, 'link.db');
    symlinkSync(storeFile, link);
    const config = { store: { file: storeFile } };
    for (const name of [storeFile, link])
      expect(() => keptStoreFile(config, name)).toThrow(
        `--store ${name}: is the store of the daemon (store.file)`,
      );
    expect(keptStoreFile(config, join(folder, 'own.db'))).toBe(join(folder, 'own.db'));
  });
});
