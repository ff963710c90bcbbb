import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { type Listener, listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeInPieces } from '../support/tiles.ts';
import { until } from '../support/until.ts';

/** 2 x 3 tiles of 80 um x 50 um: 250 nm a pixel, so tile centres lie 80 um and 50 um apart. */
const grid = { rows: 2, columns: 3, widthPx: 320, heightPx: 200, sampleLabel: 'Li/Co O2' };

/**
 * One acquisition, recorded: a real daemon on a real Mosquitto, tiles written while it runs, half of them in
 * place in pieces, half renamed into place; then a late subscriber, SIGTERM, a second start, kill -9.
 */
const acquisition = once(async () => {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const place = premises();
  const settings = settingsFor(place, {
    ...{ mqtt: publishingTo(broker), report: { overlays: true } },
    statistics: { border: 'exclude' }, // so that every particle is counted, cut or a duplicate
  });
  const tiles = await simulatedTiles(grid);

  const daemon = startDaemonProcess(place, settings);
  await daemon.says('particled is up');
  for (const [index, { file, bytes }] of tiles.entries()) {
    const path = join(place.exportFolder, file);
    if (index % 2 === 0) await writeInPieces(path, bytes, 4, 50);
    else {
      writeFileSync(`${path}.part`, bytes);
      renameSync(`${path}.part`, path);
    }
  }
  const summary = await listener.finalSummary();
  const sampleFolder = join(place.reportFolder, summary.sample.id, summary.run);
  const overlayFolder = join(sampleFolder, 'overlays');
  const overlaysAtSummary = pngsIn(overlayFolder).length;
  await until('its files', () => existsSync(join(sampleFolder, 'summary.json')));
  const late = await heardBy(broker.url, 2);

  const exitCode = await daemon.end('SIGTERM');
  const afterSigterm = await heardBy(broker.url, 2);
  const second = startDaemonProcess(place, settings);
  await until('the second daemon online', () => listener.statuses().at(-1)?.state === 'online');
  await second.end('SIGKILL');
  await until('the last will', () => listener.statuses().at(-1)?.state === 'offline');

  return {
    listener,
    summary,
    overlaysAtSummary,
    late,
    exitCode,
    afterSigterm,
    afterKill: await heardBy(broker.url, 2),
    stderr: daemon.stderr(),
    files: {
      summary: JSON.parse(readFileSync(join(sampleFolder, 'summary.json'), 'utf8')),
      csv: readFileSync(join(sampleFolder, 'pieces.csv'), 'utf8').trimEnd().split('\n'),
      overlays: await Promise.all(
        pngsIn(overlayFolder).map(async (name) => {
          const { width, height, channels } = await sharp(readFileSync(join(overlayFolder, name))).metadata();
          return { name, width, height, channels };
        }),
      ),
    },
  };
});

describe('a daemon beside a microscope', () => {
  it('publishes each tile once, with its place in the grid and all its particles in um', async () => {
    const { listener, summary } = await acquisition();
    const tiles = listener.tiles();
    expect(tiles).toHaveLength(6);
    expect(new Set(tiles.map(({ tile }) => tile.contentHash)).size).toBe(6);
    const particles = tiles.flatMap((message) =>
      (message.particles ?? []).map((particle) => ({ particle, centre: message.tile.stagePositionUm })),
    );
    expect(particles.length).toBeGreaterThan(6);
    for (const { particle, centre } of particles) {
      // A particle's centroid lies in its tile's field of 80 um x 50 um.
      expect(Math.abs(particle.centroidStageUm!.x - centre!.x)).toBeLessThanOrEqual(40);
      expect(Math.abs(particle.centroidStageUm!.y - centre!.y)).toBeLessThanOrEqual(25);
      // Pixels of 250 nm are 0.0625 um2; the circle of equal area has d = sqrt(4 A / pi).
      expect((particle.areaUm2 / 0.0625) % 1).toBeCloseTo(0, 6);
      expect(particle.diameterEquivalentUm).toBeCloseTo(Math.sqrt((4 * particle.areaUm2) / Math.PI), 6);
      expect(particle.areaUm2).toBeLessThan(80 * 50);
    }
    for (const { counts, particles: all, provenance, outcome } of tiles) {
      expect(counts?.all).toBe(all?.length);
      expect(provenance.pixelSizeNm).toBe(250);
      expect(provenance.model).toEqual(summary.provenance.models[0]);
      expect(outcome).toBe('segmented');
    }
  });

  it('publishes how far it has come after each tile', async () => {
    const { listener } = await acquisition();
    // And once more with the end of the run.
    expect(listener.progress().map(({ tilesSegmented }) => tilesSegmented)).toEqual([1, 2, 3, 4, 5, 6, 6]);
    expect(listener.progress().at(-1)).toMatchObject({ tilesWaiting: 0, tilesFailed: 0, state: 'complete' });
  });

  it('publishes partial summaries, and one final with the whole grid covered', async () => {
    const { listener, summary } = await acquisition();
    const ofFirstDaemon = listener.summaries().filter(({ revision }) => revision <= summary.revision);
    expect(ofFirstDaemon.map(({ revision }) => revision)).toEqual(ofFirstDaemon.map((_, index) => index + 1));
    expect(ofFirstDaemon.map(({ final }) => final)).toEqual([
      ...ofFirstDaemon.slice(1).map(() => false),
      true,
    ]);
    expect(ofFirstDaemon.length).toBeGreaterThan(1);
    expect(summary).toMatchObject({ state: 'complete', failedTiles: [], sample: { label: 'Li/Co O2' } });
    expect(summary.coverage).toEqual({
      ...{ rows: 2, columns: 3, tilesPresent: 6, tilesExpected: 6 },
      ...{ missing: [], tilesUnseen: 0 },
    });
    expect(summary.statistics.tiles).toBe(6);
  });

  it('counts every particle of its tiles in the summary: in a group, at a border, or as a duplicate', async () => {
    const { listener, summary } = await acquisition();
    const { all, certain, uncertain, border } = summary.statistics;
    const particles = listener.tiles().reduce((sum, { counts }) => sum + (counts?.all ?? 0), 0);
    expect(border.method).toBe('exclude');
    expect(all.count + border.cut + summary.duplicateCount).toBe(particles);
    expect(certain.count + uncertain.count).toBe(all.count);
  });

  it('numbers its messages from 1 without gaps, in the order of arrival', async () => {
    const { listener } = await acquisition();
    const sequences = listener.heard.flatMap(({ sequence }) => sequence ?? []);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  });

  it('keeps the summary as published, every particle as a row, and an overlay of each tile', async () => {
    const { listener, summary, files, overlaysAtSummary } = await acquisition();
    const { store: _, ...published } = summary;
    expect(files.summary).toEqual({ ...published, sequence: null });
    const [header, ...rows] = files.csv;
    expect(header).toMatch(/^sampleId,sample,run,tile,row,column,number,particle,/);
    const particles = listener.tiles().reduce((sum, { counts }) => sum + (counts?.all ?? 0), 0);
    expect(rows).toHaveLength(particles);
    expect(overlaysAtSummary).toBe(6);
    expect(files.overlays).toHaveLength(6);
    for (const overlay of files.overlays) {
      expect(overlay).toMatchObject({ width: 320, height: 200, channels: 4 });
      expect(overlay.name).toMatch(/^Li_Co_O2_r0[01]_c0[012]-[0-9a-f]{8}\.png$/);
    }
  });

  it('lets a late subscriber have the summary and that it is online', async () => {
    const { late, summary } = await acquisition();
    expect(late.heard.every(({ retain }) => retain)).toBe(true);
    expect(late.summaries()).toEqual([summary]);
    expect(late.statuses()).toMatchObject([
      { state: 'online', health: 'normal', queue: { waiting: expect.any(Number) } },
    ]);
  });

  it('says that it is offline when it is told to end, and ends well', async () => {
    const { exitCode, afterSigterm, stderr } = await acquisition();
    expect(exitCode, stderr).toBe(0);
    expect(afterSigterm.statuses()).toMatchObject([
      { state: 'offline', health: 'check-function', queue: { waiting: null } },
    ]);
  });

  it('is said to be offline by the broker when it is killed', async () => {
    const { afterKill } = await acquisition();
    expect(afterKill.statuses()).toMatchObject([
      { state: 'offline', health: 'failure', reasons: [expect.stringMatching(/lost without a farewell/)] },
    ]);
  });
});

/** What a subscriber that comes now hears at once. */
async function heardBy(url: string, messages: number): Promise<Listener> {
  const listener = await listen(url);
  await until(`${messages} retained messages`, () => listener.heard.length >= messages, {
    describe: () => listener.heard.map(({ topic }) => topic).join('\n'),
  });
  await listener.leave();
  return listener;
}

function pngsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.png')) : [];
}

/** The first test that asks performs the work; the others share its result. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
