import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { premises } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';
import { walkOn } from '../support/walk.ts';

it('runs of folders that are left behind end as they are, and no other', async () => {
  const place = premises();
  const [monday, tuesday] = ['monday', 'tuesday'].map((name) => join(place.exportFolder, name));
  for (const folder of [monday!, tuesday!]) mkdirSync(folder);
  const { pipeline, store, take } = await walkOn(place, {
    settings: { grid: { rows: null, columns: null } },
  });
  await take(writeSmallTile(monday!, { label: 'one' }), writeSmallTile(tuesday!, { label: 'two' }));
  await pipeline.admitted();
  const states = () =>
    store.runs
      .all()
      .map(({ sampleLabel, state }) => `${sampleLabel} ${state}`)
      .sort();
  expect(states()).toEqual(['one filling', 'two filling']);
  pipeline.endRunsIn(new Set([monday!]));
  await pipeline.idle();
  expect(states()).toEqual(['one complete', 'two filling']);
  await pipeline.finish();
  expect(states()).toEqual(['one complete', 'two complete']);
});
