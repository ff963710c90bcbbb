import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { exportTables } from '../../src/commands/export.ts';
import { overlays } from '../../src/commands/overlays.ts';
import { reportSample } from '../../src/commands/report-sample.ts';
import { configSchema } from '../../src/config/schema.ts';
import { sampleFolder } from '../../src/report/sample/sample-files.ts';
import { createCommands } from '../../src/requests/commands.ts';
import { digestSettings, runDigest } from '../../src/run/digest.ts';
import { deleteOldRows } from '../../src/run/surplus-rows.ts';
import { openStoreReadOnly } from '../../src/store/database.ts';
import { type Premises, premises, settingsFor } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';
import { type Walk, walkOn } from '../support/walk.ts';

const DAY_MS = 86_400_000;
const settings = { grid: { rows: 1, columns: 1 }, retention: { rowsDays: 30 } } as const;
const told = 'its particles were deleted after 30 days (retention.rowsDays); its summary stays';
const notAborted = new AbortController().signal;

/** A run of one tile, older than another, with particled there on each of the next 40 days; their first one's sweep is `sweep`. */
async function oldAndNew(place: Premises) {
  const walk = await walkOn(place, { settings });
  await walk.take(writeSmallTile(place.exportFolder, { label: 'old' }));
  await walk.take(writeSmallTile(place.exportFolder, { label: 'new', take: 3 }));
  const [fresh, old] = walk.store.runs.all();
  const now = Date.now() + 40 * DAY_MS;
  for (let day = 0; day < 40; day++) walk.store.keptRows.noteDay(now - day * DAY_MS);
  const config = configSchema.parse(settingsFor(place, settings));
  const sweep = (config_ = config) =>
    deleteOldRows({ config: config_, store: walk.store, logger: walk.log }, now);
  const particles = (runId: number) =>
    walk.store.tiles.ofRun(runId).flatMap(({ id }) => walk.store.particles.ofTile(id)).length;
  return { ...walk, old: old!, fresh: fresh!, config, sweep, particles };
}

function sendAll({ store }: Pick<Walk, 'store'>): void {
  for (const { id } of store.outbox.next(0, 1000)) store.outbox.acknowledge([id]);
}

/** As if the report process had written the run's files. */
function writeFiles({ config, old }: Awaited<ReturnType<typeof oldAndNew>>, revision: number): void {
  const folder = sampleFolder(config.report.folder!, old.sampleId, old.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ revision }));
}

describe('particles older than retention.rowsDays', () => {
  it('stay while messages, files or a mail of their run wait, then go, but not those of the newest run', async () => {
    const walk = await oldAndNew(premises());
    const { old, fresh, sweep, particles, store } = walk;
    expect([particles(old.id), particles(fresh.id)]).toEqual([3, 3]);
    await sweep();
    expect(particles(old.id)).toBe(3); // its messages wait
    sendAll(walk);
    await sweep();
    expect(particles(old.id)).toBe(3); // its files were not written
    writeFiles(walk, old.revision);
    store.mails.owe('2026-01-01', 0);
    await sweep();
    expect(particles(old.id)).toBe(3); // a mail may show them
    store.mails.noteSent('2026-01-01', 0, null);
    await sweep();
    expect([particles(old.id), particles(fresh.id)]).toEqual([0, 3]);
    expect(JSON.stringify(walk.log)).toContain('particles of old runs deleted');
  });

  it('stay where retention.rowsDays is null, as it is by default', async () => {
    const place = premises();
    const walk = await oldAndNew(place);
    sendAll(walk);
    writeFiles(walk, walk.old.revision);
    await walk.sweep(configSchema.parse(settingsFor(place)));
    expect(walk.particles(walk.old.id)).toBe(3);
  });

  it('are missed in words by everything that would need them, and no figure is made without them', async () => {
    const place = premises();
    const walk = await oldAndNew(place);
    const { store, config, pipeline, old } = walk;
    const summary = store.summaries.latest(old.id);
    sendAll(walk);
    writeFiles(walk, old.revision);
    await walk.sweep();

    const commands = createCommands({ ...walk.parts, pipeline });
    await expect(async () => commands.reanalyse({ sample: 'old' }, notAborted)).rejects.toThrow(told);
    await expect(async () => commands.report({ sample: 'old' }, notAborted)).rejects.toThrow(told);
    await expect(reportSample(config, { sample: 'old' })).rejects.toThrow(told);
    await expect(overlays(config, 'old', { out: join(place.folder, 'drawn') })).rejects.toThrow(told);
    const reader = openStoreReadOnly(place.storeFile);
    expect(() => runDigest(reader, old.id, digestSettings(config))).toThrow(told);
    reader.close();

    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const counted = vi.spyOn(console, 'log').mockImplementation(() => {});
    await exportTables(config, { format: 'csv', out: join(place.folder, 'tables') });
    expect(said.mock.calls.flat().join()).toContain(told);
    expect(counted.mock.calls.flat().join()).toContain('1 of 2 runs written');
    vi.restoreAllMocks();

    pipeline.changed(old.id);
    await pipeline.idle();
    await pause(0);
    expect(store.summaries.latest(old.id)).toEqual(summary);
    expect(store.outbox.depth()).toBe(0);
  });

  it('leave a run that takes no tile any more: one that comes later begins another', async () => {
    const place = premises();
    const walk = await oldAndNew(place);
    sendAll(walk);
    writeFiles(walk, walk.old.revision);
    await walk.sweep();
    const before = walk.store.summaries.latest(walk.old.id);
    await walk.take(writeSmallTile(place.exportFolder, { label: 'old', column: 1 }));
    const runs = walk.store.runs.ofSample(walk.old.sampleId);
    expect(runs).toHaveLength(2);
    expect(runs.map(({ id }) => walk.store.tiles.countByState(id).segmented)).toEqual([1, 1]);
    expect(walk.store.summaries.latest(walk.old.id)).toEqual(before);
  });
});
