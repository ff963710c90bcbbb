import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { resultsText } from '../../src/commands/status.ts';
import { exampleRun, message, storeWithRun } from '../store/examples.ts';
import { particled, particledWith } from '../support/command.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { walkOn } from '../support/walk.ts';

describe('particled status', () => {
  it('prints results, tiles and files set aside, while a daemon has the store open', async () => {
    const place = premises();
    const { take } = await walkOn(place);
    const notes = join(place.exportFolder, 'notes.tif');
    writeFileSync(notes, 'do not forget to vent');
    await take(...writeSmallGrid(place.exportFolder, 2, 3), notes);
    const config = join(place.folder, 'config.yaml');
    writeFileSync(config, stringify({ store: { file: place.storeFile } }));
    const { code, stdout, stderr } = await particled('status', '--config', config);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [titles, powder, aside, tiles] = stdout.trimEnd().split('\n');
    expect(titles).toMatch(/^sample +state +tiles /);
    // Two whole particles and one at the border in each of six tiles; half of the whole ones are uncertain.
    expect(powder).toMatch(/^powder +complete +6\/6 +12 +50 % +6 +2\.50 /);
    expect(aside).toContain(`set aside: ${notes} (not-an-image)`);
    expect(tiles).toBe('tiles: 0 waiting, 6 segmented, 0 failed, 0 superseded');
  });

  it('tells the same as data', async () => {
    const place = premises();
    const { take, summaries } = await walkOn(place);
    const notes = join(place.exportFolder, 'notes.tif');
    writeFileSync(notes, 'do not forget to vent');
    const older = join(place.exportFolder, 'older.tif');
    writeFileSync(older, 'vented');
    await take(...writeSmallGrid(place.exportFolder, 2, 3), older);
    await take(notes);
    const { code, stdout } = await particledWith(
      { PARTICLED_STORE_FILE: place.storeFile },
      ...['status', '--json', '--set-aside', '1'],
    );
    expect(code).toBe(0);
    const { sequence: _, ...summary } = summaries().at(-1)!;
    expect(JSON.parse(stdout)).toMatchObject({
      runs: [{ sample: { label: 'powder' }, state: 'complete', tiles: { segmented: 6 }, summary }],
      tiles: { waiting: 0, segmented: 6, failed: 0, superseded: 0 },
      setAside: [{ path: notes, code: 'not-an-image', mayRecover: false }],
      setAsideCount: 2,
    });
  });

  it('shows a run that another version has summarised by its sample alone', () => {
    const { store, runId } = storeWithRun();
    store.summaries.save(runId, 'complete', () =>
      message('summary', { schema: 'particled/summary/1', sample: { id: 'li1', label: 'Li1' } }),
    );
    expect(resultsText(store).split('\n')[1]).toMatch(/^Li1 +of particled\/summary\/1 +- +-/);
  });

  it('shows the newest runs, and says that there are older ones', () => {
    const { store, runId } = storeWithRun();
    const runIds = [
      runId,
      ...['second', 'third'].map((name) => store.runs.create({ ...exampleRun, name }).id),
    ];
    for (const [at, id] of runIds.entries())
      store.summaries.save(id, 'complete', () =>
        message('summary', {
          schema: 'particled/summary/1',
          sample: { id: `s${at}`, label: `Sample ${at}` },
        }),
      );
    const [, ...newest] = resultsText(store, 2).split('\n');
    expect(newest.map((line) => line.replace(/ {2}.*/, ''))).toEqual([
      ...['Sample 1', 'Sample 2'],
      'older runs are left out: --runs 20 shows more of them',
    ]);
    expect(resultsText(store, 3).split('\n')).toHaveLength(4); // titles and three runs
  });

  it('says where no store is', async () => {
    const { folder } = premises();
    const config = join(folder, 'config.yaml');
    writeFileSync(config, stringify({ store: { file: join(folder, 'none.db') } }));
    const { code, stderr } = await particled('status', '--config', config);
    expect(code).toBe(1);
    expect(stderr).toContain(join(folder, 'none.db'));
  });
});
