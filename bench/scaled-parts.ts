import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportTables } from '../src/commands/export.ts';
import { status } from '../src/commands/status.ts';
import { startDaemon } from '../src/daemon.ts';
import { createStoreWatch } from '../src/dashboard/events/store-watch.ts';
import { foundRun } from '../src/dashboard/shown/found-run.ts';
import { runDetail } from '../src/dashboard/shown/run-detail.ts';
import { createRunIndex } from '../src/dashboard/shown/run-index.ts';
import { DRIFT_SAMPLES } from '../src/health/uncertain-drift.ts';
import { silentLogger } from '../src/logger.ts';
import { nightMail } from '../src/nights/read-night.ts';
import { nightScheduleOf, nightUnderWay } from '../src/report/night/schedule.ts';
import { sampleFolder } from '../src/report/sample/sample-files.ts';
import { updateIndex } from '../src/report/samples-index/write-index.ts';
import { digestSettings, runDigest } from '../src/run/digest.ts';
import { createSummariser } from '../src/run/summary.ts';
import { deleteOldRows } from '../src/run/surplus-rows.ts';
import { openStore } from '../src/store/database.ts';
import { rememberTile } from '../src/walk/remember-tile.ts';
import type { ReadTile } from '../src/watcher/read-tile.ts';
import { exampleParticle, seenTile, segmentedTile } from '../test/store/examples.ts';
import { CONTROL, PARTICLES_A_TILE, type Scaled } from './scaled-store.ts';

/** What is done with a store; gives the milliseconds that it takes, without what it had to prepare. */
type Part = (of: Scaled) => Promise<number>;

const DAY_MS = 86_400_000;
const grid = { rows: 12, columns: 24 };
let count = 0;

/** Processor time of this process: what others do with the computer meanwhile counts for little. */
async function used(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What commands print is not what is measured. */
async function muted(work: () => unknown): Promise<number> {
  const { log } = console;
  console.log = () => {};
  try {
    return await used(work);
  } finally {
    console.log = log;
  }
}

/** One that nobody has seen, beside the last one. */
function newTile(label: string, folder = `/export/${label}`): ReadTile {
  const content = `${label}-${++count}-${Date.now()}`;
  const { file, metadata } = seenTile(0, content, { path: `${folder}/${content}.tiff` });
  const stagePositionUm = { x: 96 * (count % 24), y: -60 * Math.floor(count / 24) };
  return { file, metadata: { ...metadata, sampleLabel: label, stagePositionUm } };
}

function tileWaits({ config, store }: Scaled, label: string): { runId: number; tileId: number } {
  const tile = newTile(label);
  const { run } = rememberTile(store, config, tile, Date.now())!;
  return { runId: run.id, tileId: store.tiles.withContent(tile.file.contentHash)!.id };
}

/** The first time the summaries of all runs, then of one that is new. */
function writeSummaries({ config, store }: Scaled): string {
  const root = join(dirname(config.store.file), 'reports');
  for (const { id, sampleId, name } of existsSync(root) ? store.runs.all().slice(0, 1) : store.runs.all()) {
    const payload = Object(store.summaries.latest(id)?.payload);
    const folder = sampleFolder(root, sampleId, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'summary.json'),
      JSON.stringify({ ...payload, sequence: ++count, store: 'a' }),
    );
  }
  return root;
}

const particles = Array.from({ length: PARTICLES_A_TILE }, (_, n) => exampleParticle(n + 1));

/** By what they are called in the table. */
export const parts: Readonly<Record<string, Part>> = {
  'opening the store': ({ config }) => used(() => openStore(config.store.file).close()),
  'what the daemon looks at each second': ({ store }) =>
    used(() => [
      store.tiles.countByState(),
      store.tiles.countAgain(),
      store.tiles.waitingSinceMs(),
      store.outbox.depth(),
      store.runs.inState('filling'),
    ]),
  'and each ten seconds': ({ store }) =>
    used(() => [
      store.finished.lastBefore(new Date(), DRIFT_SAMPLES),
      store.unusable.groups(3, Date.now() - DAY_MS),
    ]),
  'a tile arrives, the first of its sample': ({ config, store }) => {
    const tile = newTile(`new ${++count}`);
    return used(() => rememberTile(store, config, tile, Date.now()));
  },
  'a tile arrives, of a sample that fills': ({ config, store }) => {
    const tile = newTile(CONTROL.label, CONTROL.folder);
    return used(() => rememberTile(store, config, tile, Date.now()));
  },
  'the result of a tile is kept': (of) => {
    const { tileId } = tileWaits(of, 'kept');
    return used(() => of.store.results.recordResult(tileId, segmentedTile(particles), []));
  },
  'a summary of a whole sample': ({ config, store, reader, newest }) => {
    const settings = digestSettings(config);
    const digester = { digest: async (id: number) => runDigest(reader, id, settings), close: async () => {} };
    const sender = () => ({ baseTopic: 'a', instrument: 'bench', softwareVersion: '0', at: new Date() });
    const summarise = createSummariser(
      { config, store, digester, logger: silentLogger, onMessage() {} },
      settings,
      { lastTileAtMs: () => 0 },
      sender,
    );
    return used(() => summarise(newest.runId, 1e9));
  },
  "the night's mail": ({ config, reader }) => {
    const localDate = nightUnderWay(new Date(), nightScheduleOf(config.mail));
    return used(() => nightMail(reader, { config, localDate, reasons: [] }));
  },
  'particled status': ({ config }) => muted(() => status(config, { runs: 50, setAside: 1000, json: false })),
  'particled status --json': ({ config }) =>
    muted(() => status(config, { runs: 50, setAside: 1000, json: true })),
  'particled export of one run': ({ config, newest }) => {
    const out = join(dirname(config.store.file), 'tables');
    return muted(() =>
      exportTables(config, { sample: newest.sampleId, run: newest.runName, format: 'csv', out }),
    );
  },
  'progress of particled analyse, each message': ({ store }) =>
    used(() => [store.tiles.countByState(), store.unusable.count()]),
  'live page: reading all runs at its start': ({ reader }) =>
    used(() => createRunIndex(reader, { grid }).ready()),
  async 'live page: a search among all runs'({ reader, newest }) {
    const index = createRunIndex(reader, { grid });
    await index.ready();
    return used(() => index.search({ query: newest.sampleId, offset: 0, limit: 50 }));
  },
  'live page: a run in detail': ({ reader, newest }) =>
    used(() => runDetail(reader, foundRun(reader, newest.sampleId, newest.runName), { grid })),
  'live page: a look after a tile': (of) => {
    const watch = createStoreWatch(of.reader, createRunIndex(of.reader, { grid }), () => {});
    tileWaits(of, 'watched');
    watch.look();
    tileWaits(of, 'watched');
    return used(() => watch.look());
  },
  'retention, where nothing is old': ({ config, store }) =>
    used(() => {
      const retention = { ...config.retention, rowsDays: 3_000 };
      return deleteOldRows({ config: { ...config, retention }, store, logger: silentLogger }, Date.now());
    }),
  async 'index of all reports, one is new'(of) {
    await updateIndex(writeSummaries(of), 'UTC');
    const root = writeSummaries(of);
    return used(() => updateIndex(root, 'UTC'));
  },
  async 'the daemon, start to up, by the clock'({ config }) {
    const sinceMs = performance.now();
    const daemon = await startDaemon(config, silentLogger);
    const tookMs = performance.now() - sinceMs;
    await daemon.stop();
    return tookMs;
  },
  async 'and its stop, told at once, by the clock'({ config }) {
    const daemon = await startDaemon(config, silentLogger);
    const sinceMs = performance.now();
    await daemon.stop();
    return performance.now() - sinceMs;
  },
};
