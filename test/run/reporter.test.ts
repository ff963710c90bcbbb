import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writtenRevision } from '../../src/report/sample/sample-files.ts';
import { startReporter } from '../../src/run/reporter.ts';
import { openStore } from '../../src/store/database.ts';
import { wholeSummary } from '../report/sample/example-summary.ts';
import { exampleParticle, exampleRun, message, seenTile, segmentedTile } from '../store/examples.ts';
import { premises } from '../support/premises.ts';

/** A store with one finished run of one tile. */
function finishedRun(storeFile: string) {
  const store = openStore(storeFile);
  onTestFinished(() => store.close());
  const run = store.runs.create(exampleRun);
  const { tileId } = store.tiles.noteSeen(seenTile(run.id, 'a'));
  store.results.recordResult(tileId, segmentedTile([exampleParticle(3), exampleParticle(4, false)]), []);
  store.summaries.save(run.id, 'complete', (revision) => message('summary', { ...wholeSummary, revision }));
  return { store, runId: run.id };
}

describe('the report process', () => {
  it('writes what it is asked to, and says why where it cannot', async () => {
    const { storeFile, reportFolder: folder } = premises();
    const reporter = startReporter(storeFile);
    onTestFinished(() => reporter.close());
    await expect(reporter.write({ runId: 1, folder })).rejects.toThrow(/cannot be opened/);

    const { runId } = finishedRun(storeFile);
    await reporter.write({ runId, folder });
    expect(await writtenRevision(folder)).toBe(1);
    const [names, line, ...rest] = readFileSync(join(folder, 'tiles.csv'), 'utf8').trimEnd().split('\n');
    expect(names).toMatch(/^sampleId,sample,run,tile,row,column,stageXUm,stageYUm,pixelSizeNm,/);
    expect(line).toMatch(/,a\.tiff,2,3,3\.5,31\.5,50,5406,15,bsd-all,.*,file,,2026-01-02T03:04:05,/);
    // Two pieces, one of them uncertain and cut by the border of the only tile.
    expect(line).toMatch(/,segmented,,2,1,1,1,1,.*,5,proposals,false,,,/);
    expect(rest).toEqual([]);
    await expect(reporter.write({ runId: runId + 1, folder })).rejects.toThrow('no summary of run');
  });

  it('leaves the revision as it was when it is closed in the middle, and writes nothing more', async () => {
    const { storeFile, reportFolder: folder } = premises();
    const { runId } = finishedRun(storeFile);
    const reporter = startReporter(storeFile);
    const ordered = expect(reporter.write({ runId, folder })).rejects.toThrow(
      'the report process has ended (SIGKILL)',
    );
    await reporter.close();
    await ordered;
    expect(await writtenRevision(folder)).toBe(0);
    await expect(reporter.write({ runId, folder })).rejects.toThrow('the reporter is closed');
  });

  it('names the fault of a summary that another version wrote', async () => {
    const { storeFile, reportFolder: folder } = premises();
    const { store, runId } = finishedRun(storeFile);
    store.summaries.save(runId, 'complete', () => message('summary', { schema: 'particled/summary/1' }));
    const reporter = startReporter(storeFile);
    onTestFinished(() => reporter.close());
    await expect(reporter.write({ runId, folder })).rejects.toThrow(
      'is of particled/summary/1 and this version reads particled/summary/3',
    );
  });
});
