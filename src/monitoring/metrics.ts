import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { statusSchema } from '../publish/schema/status.ts';
import { softwareVersion } from '../version.ts';
import type { DiskRoom } from './disk-room.ts';

/** What the daemon is asked for whenever somebody reads the metrics. */
export interface MetricSources {
  tilesWaiting(): number;
  /** Messages that no broker has acknowledged, and since when the oldest waits. */
  unsent(): { readonly messages: number; readonly oldestAtMs: number | null };
  brokerConnected(): boolean;
  /** By the words of NAMUR NE 107. */
  healthState(): string;
  segmenterRestarts(): number;
  isGoingOn(): boolean;
  /** By what they are for, not by path. */
  readonly disks: Readonly<Record<string, () => Promise<DiskRoom | null>>>;
  /** Of the run that ended last; null before the first. */
  lastSample(): LastSample | null;
}

export interface LastSample {
  readonly endedAtMs: number;
  readonly particles: number;
  /** Median equivalent diameter by number; null without particles. */
  readonly d50Um: number | null;
}

/** What is counted while the daemon works, and what it is asked for, in the text format of Prometheus. */
export interface Metrics {
  tileSegmented(seconds: number): void;
  tileFailed(): void;
  fileSetAside(code: string): void;
  shadowTile(outcome: string): void;
  readonly contentType: string;
  text(): Promise<string>;
}

/** Of a tile on one core of a laboratory computer up to the time-out of `segmenter.timeoutS`, in seconds. */
const SECONDS = [0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160];
const UM_IN_M = 1e6;

/** What Node tells of the process: observers that last as long as it, however often the daemon starts anew. */
let ofProcess: Registry | undefined;

function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** @param sources null while the daemon starts */
export function createMetrics(sources: () => MetricSources | null, logger: Logger): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const tiles = new Counter({
    ...{ name: 'particled_tiles_total', registers, labelNames: ['outcome'] as const },
    help: 'Tiles that were segmented, or given up (failed), since the daemon started',
  });
  const setAside = new Counter({
    ...{ name: 'particled_files_set_aside_total', registers, labelNames: ['code'] as const },
    help: 'Files of the export folder that could not be used, by the code of the set-aside message',
  });
  const seconds = new Histogram({
    ...{ name: 'particled_tile_segmentation_seconds', registers, buckets: SECONDS },
    help: 'Time that a segmenter took for a tile: reading, network, combining, measuring',
  });
  const shadowTiles = new Counter({
    ...{ name: 'particled_shadow_tiles_total', registers, labelNames: ['outcome'] as const },
    help: 'Tiles that the shadow model (models.shadow) segmented, or gave up (failed), since the daemon started',
  });
  for (const counter of [tiles, shadowTiles])
    for (const outcome of ['segmented', 'failed']) counter.inc({ outcome }, 0);
  new Gauge({
    ...{ name: 'particled_build_info', registers, labelNames: ['version'] as const },
    help: 'Version of particled; always 1',
  }).set({ version: softwareVersion }, 1);
  addAsked(registers, askingOf(sources, logger));

  return {
    tileSegmented(took) {
      tiles.inc({ outcome: 'segmented' });
      seconds.observe(took);
    },
    tileFailed: () => tiles.inc({ outcome: 'failed' }),
    fileSetAside: (code) => setAside.inc({ code }),
    shadowTile: (outcome) => shadowTiles.inc({ outcome }),
    contentType: registry.contentType,
    text: () => Registry.merge([registry, processRegistry()]).metrics(),
  };
}

type Asking = <T>(read: (sources: MetricSources) => T) => T | undefined;

/** A figure that cannot be had, as of a database that is gone, is left out, and the others are told. */
function askingOf(sources: () => MetricSources | null, logger: Logger): Asking {
  return (read) => {
    const now = sources();
    try {
      return now === null ? undefined : read(now);
    } catch (error) {
      logger.warn({ err: messageOf(error) }, 'monitoring: a figure is left out');
      return undefined;
    }
  };
}

function addAsked(registers: Registry[], asking: Asking): void {
  const figure = (name: string, help: string, read: (sources: MetricSources) => number | null | undefined) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.remove();
        const value = asking(read);
        if (value !== undefined && value !== null) this.set(value);
      },
    });
  figure('particled_tiles_waiting', 'Tiles that wait to be segmented', (from) => from.tilesWaiting());
  figure(
    'particled_outbox_messages',
    'Messages that no broker has acknowledged',
    (from) => from.unsent().messages,
  );
  figure(
    'particled_outbox_oldest_age_seconds',
    'How long the oldest of them waits; 0 where there is none',
    (from) => {
      const { oldestAtMs } = from.unsent();
      return oldestAtMs === null ? 0 : Math.max(0, Date.now() - oldestAtMs) / 1000;
    },
  );
  figure('particled_mqtt_connected', '1 while the broker is connected', (from) =>
    Number(from.brokerConnected()),
  );
  figure('particled_walk_going_on', '0 where tiles wait and nothing has gone on for too long', (from) =>
    Number(from.isGoingOn()),
  );
  figure(
    'particled_last_sample_d50_meters',
    'Median equivalent diameter by number of the run that ended last',
    (from) => {
      const d50Um = from.lastSample()?.d50Um;
      return d50Um == null ? null : d50Um / UM_IN_M;
    },
  );
  figure(
    'particled_last_sample_particles',
    'Particles of the run that ended last',
    (from) => from.lastSample()?.particles,
  );
  figure(
    'particled_last_sample_timestamp_seconds',
    'When the run that ended last got its final summary',
    (from) => {
      const last = from.lastSample();
      return last && last.endedAtMs / 1000;
    },
  );
  addHealth(registers, asking);
  addDisks(registers, asking);
  new Counter({
    ...{ name: 'particled_segmenter_restarts_total', registers },
    help: 'Segmenter processes that took the place of one that died, hung or was wrong',
    collect() {
      this.reset();
      this.inc(asking((from) => from.segmenterRestarts()) ?? 0);
    },
  });
}

/** A state set, as OpenMetrics calls it: 1 for the state that holds, 0 for each other. */
function addHealth(registers: Registry[], asking: Asking): void {
  new Gauge({
    ...{ name: 'particled_health_state', registers, labelNames: ['state'] as const },
    help: 'Health by NAMUR NE 107: 1 for the state that holds, 0 for the others',
    collect() {
      this.reset();
      const now = asking((from) => from.healthState());
      if (now === undefined) return;
      for (const state of statusSchema.shape.health.options) this.set({ state }, Number(state === now));
    },
  });
}

function addDisks(registers: Registry[], asking: Asking): void {
  const disk = (name: string, help: string, bytesOf: (room: DiskRoom) => number) =>
    new Gauge({
      ...{ name, help, registers, labelNames: ['use'] as const },
      async collect() {
        this.reset();
        for (const [use, ask] of Object.entries(asking((from) => from.disks) ?? {})) {
          const room = await ask();
          if (room) this.set({ use }, bytesOf(room));
        }
      },
    });
  disk(
    'particled_disk_free_bytes',
    'Room on the disk of the store, and of the reports',
    (room) => room.freeBytes,
  );
  disk('particled_disk_size_bytes', 'Size of those disks', (room) => room.totalBytes);
}
