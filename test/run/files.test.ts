import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Reporter, ReportOrder } from '../../src/run/reporter.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid, writeSmallTile } from '../support/small-tile.ts';
import { until } from '../support/until.ts';
import { walkOn } from '../support/walk.ts';

/** The port to the report process, which writes when it is let. */
function heldReporter() {
  const orders: ReportOrder[] = [];
  const waiting: { finish: () => void; fail: (error: Error) => void }[] = [];
  const reporter: Reporter = {
    write(order) {
      orders.push(order);
      return new Promise((finish, fail) => waiting.push({ finish, fail }));
    },
    close: () => Promise.resolve(),
  };
  return { reporter, orders, waiting };
}

const oneTile = { grid: { rows: 1, columns: 1 } };

describe('the files of a finished run', () => {
  it('do not hold up the summaries of the next one', async () => {
    const place = premises();
    const { reporter, orders, waiting } = heldReporter();
    const { pipeline, summaries } = await walkOn(place, { reporter, settings: oneTile });
    pipeline.arrive(writeSmallTile(place.exportFolder, { label: 'one' }));
    await until('the first report under way', () => orders.length === 1);
    pipeline.arrive(writeSmallTile(place.exportFolder, { label: 'two', take: 3 }));
    await until('the second summary', () => summaries().filter(({ final }) => final).length === 2);
    expect(orders).toHaveLength(1); // one after another
    waiting[0]!.finish();
    await until('the second report under way', () => orders.length === 2);
    waiting[1]!.finish();
    await pipeline.idle();
  });

  it('are written again for a revision that comes while they are being written', async () => {
    const place = premises();
    const { reporter, orders, waiting } = heldReporter();
    const { pipeline, summaries } = await walkOn(place, { reporter, settings: oneTile });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await until('the first report under way', () => orders.length === 1);
    pipeline.arrive(writeSmallTile(place.exportFolder, { column: 1 }));
    await until('the next revision', () => summaries().at(-1)?.revision === 2);
    waiting[0]!.finish();
    await until('the report of it', () => orders.length === 2);
    expect(orders[1]).toEqual(orders[0]);
    waiting[1]!.finish();
    await pipeline.idle();
  });

  it('are left to the next start, without an alarm, when the daemon ends while they are being written', async () => {
    const place = premises();
    const { reporter, orders, waiting } = heldReporter();
    const { pipeline, log } = await walkOn(place, { reporter });
    for (const path of writeSmallGrid(place.exportFolder, 2, 3)) pipeline.arrive(path);
    await until('the report under way', () => orders.length === 1);
    const stopped = pipeline.stop();
    await nextTurn(); // its processes end after the pipeline
    waiting[0]!.fail(new Error('the report process has ended (SIGKILL)'));
    await stopped;
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(log.lines.at(-1)?.message).toContain('left to the next start');
    const next = heldReporter();
    const second = await walkOn(place, { reporter: next.reporter });
    second.pipeline.resume();
    await until('the owed report', () => next.orders.length === 1);
    expect(next.orders).toEqual(orders);
    next.waiting[0]!.finish();
  });

  it('are listed in the index of all samples, from which goes at the next start what lies there no more', async () => {
    const place = premises();
    const { reporter, orders, waiting } = heldReporter();
    const { pipeline } = await walkOn(place, { reporter, settings: oneTile });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await until('the report under way', () => orders.length === 1);
    const { folder } = orders[0]!;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'summary.json'), '{"schema":"particled/summary/1"}');
    waiting[0]!.finish();
    await pipeline.idle();
    const index = () => readFileSync(join(place.reportFolder, 'index.html'), 'utf8');
    expect(index()).toContain(`${relative(place.reportFolder, folder)}/report.html`);

    await pipeline.stop();
    rmSync(folder, { recursive: true });
    const second = await walkOn(place, { reporter });
    second.pipeline.resume();
    await until('an index without it', () => index().includes('No sample is kept here.'));
  });

  it('are listed once for all samples that wait for theirs, not after each', async () => {
    const place = premises();
    const { reporter, orders, waiting } = heldReporter();
    const { pipeline, summaries } = await walkOn(place, { reporter, settings: oneTile });
    for (const [take, label] of ['one', 'two'].entries())
      pipeline.arrive(writeSmallTile(place.exportFolder, { label, take }));
    await until('both summaries', () => summaries().filter(({ final }) => final).length === 2);
    const indexFile = join(place.reportFolder, 'index.html');
    for (const at of [0, 1]) {
      await until('the next report under way', () => orders.length === at + 1);
      expect(existsSync(indexFile)).toBe(false);
      const { folder } = orders[at]!;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'summary.json'), '{"schema":"particled/summary/1"}');
      waiting[at]!.finish();
    }
    await pipeline.idle();
    const index = readFileSync(indexFile, 'utf8');
    for (const { folder } of orders)
      expect(index).toContain(`${relative(place.reportFolder, folder)}/report.html`);
  });

  it('are whole although the index of all samples cannot be written, which is told', async () => {
    const place = premises();
    const { reporter, orders, waiting } = heldReporter();
    const { pipeline, log } = await walkOn(place, { reporter, settings: oneTile });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await until('the report under way', () => orders.length === 1);
    mkdirSync(join(place.reportFolder, 'index.html', 'in the way'), { recursive: true });
    waiting[0]!.finish();
    await pipeline.idle();
    const said = log.lines.map(({ message }) => message).join();
    expect(said).toContain('index.html of all samples not written; check report.folder');
    expect(said).toContain('files of the sample written');
  });
});
