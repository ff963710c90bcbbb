import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { connectReadOnly } from '../../src/store/connection.ts';
import { createOutbox } from '../../src/store/outbox.ts';
import { mosquittoProcess } from '../support/mosquitto-process.ts';
import { daemonUnderTrial } from './daemon-under-trial.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { Probe } from './loop-probe.ts';
import { pictureBank } from './picture-bank.ts';
import { commandLine, descriptors, proportionalMb, residentMb } from './process-facts.ts';

/** One look at the daemon and its processes. */
export interface SoakReading {
  readonly tiles: number;
  readonly mainMb: number;
  readonly heapMb: number;
  readonly externalMb: number;
  /** Of all segmenters. */
  readonly segmentersMb: number;
  /** The most that the whole tree had since the reading before, a report process included. */
  readonly treePeakMb: number;
  readonly descriptors: number;
  readonly loopDelayMaxMs: number;
  readonly walMb: number;
  readonly databaseBytesPerTile: number;
  readonly outboxRows: number;
}

export interface SoakOptions {
  readonly tiles: number;
  readonly readings: number;
  /** Of the daemon's environment, to compare. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly onReading?: (reading: SoakReading) => void;
}

/** As configured by default: a sample as people have it. */
const GRID = { rows: 12, columns: 24 };
const PER_SAMPLE = GRID.rows * GRID.columns;
const AHEAD = 24;
const PROBE = fileURLToPath(new URL('./loop-probe.ts', import.meta.url));

/** A daemon segments small real tiles, sample after sample, publishes them at a real broker and writes their reports. */
export async function soak(options: SoakOptions): Promise<SoakReading[]> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-soak-'));
  const exportFolder = join(folder, 'export');
  mkdirSync(exportFolder);
  const broker = await mosquittoProcess();
  const configFile = join(folder, 'config.yaml');
  const daemon = daemonUnderTrial(configFile, join(folder, 'daemon.log'));
  const probeFile = join(folder, 'probe.json');
  let ledger: Ledger | undefined;
  try {
    await broker.start();
    ledger = await openLedger(broker.url);
    writeFileSync(configFile, stringify(settings(folder, exportFolder, broker.url)));
    daemon.start({ NODE_OPTIONS: `--import ${PROBE}`, SOAK_PROBE: probeFile, ...options.variables });
    const watch = watchTree(() => [daemon.pid, ...daemon.children()]);
    try {
      const look = (tiles: number) =>
        readingOf({
          pid: daemon.pid,
          children: daemon.children(),
          probeFile,
          folder,
          tiles,
          peakMb: watch.peakMb(),
        });
      return await feed(exportFolder, ledger, options, look);
    } finally {
      watch.stop();
    }
  } finally {
    await ledger?.leave();
    await daemon.stop();
    await broker.remove();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

function settings(folder: string, exportFolder: string, url: string): object {
  return {
    instrument: { name: 'soak' },
    watch: { folder: exportFolder, stabilityMs: 200, rescanIntervalS: 5 },
    grid: { ...GRID, stallAfterS: 600 },
    segmenter: { processes: 2, threadsPerProcess: 1 },
    store: { file: join(folder, 'particled.db') },
    mqtt: { broker: 'external', url },
    report: { folder: join(folder, 'reports') },
  };
}

async function feed(
  exportFolder: string,
  ledger: Ledger,
  { tiles, readings, onReading }: SoakOptions,
  look: (tiles: number) => SoakReading,
): Promise<SoakReading[]> {
  const tileBytes = pictureBank(12, 1);
  const heard = heardTiles(ledger);
  const taken: SoakReading[] = [];
  const every = tiles / readings;
  const lookWhenDue = (): void => {
    if (heard() < (taken.length + 1) * every) return;
    const reading = look(heard());
    taken.push(reading);
    onReading?.(reading);
  };
  for (let written = 0; written < tiles; written++) {
    while (written - heard() >= AHEAD) await delay(20);
    const sample = Math.floor(written / PER_SAMPLE);
    const at = written % PER_SAMPLE;
    const place = {
      label: `sample ${sample}`,
      row: Math.floor(at / GRID.columns),
      column: at % GRID.columns,
    };
    writeFileSync(join(exportFolder, `s${sample}_${at}.tiff`), tileBytes(place));
    lookWhenDue();
  }
  while (heard() < tiles) {
    await delay(50);
    lookWhenDue();
  }
  lookWhenDue();
  return taken;
}

/** Counts on, so that a long run does not read its whole ledger again each time. */
function heardTiles(ledger: Ledger): () => number {
  const sequences = new Set<number>();
  let read = 0;
  return () => {
    for (; read < ledger.entries.length; read++) {
      const { topic, sequence } = ledger.entries[read]!;
      if (topic.endsWith('/tile') && sequence !== null) sequences.add(sequence);
    }
    return sequences.size;
  };
}

function readingOf(at: {
  pid: number;
  children: readonly number[];
  probeFile: string;
  folder: string;
  tiles: number;
  peakMb: number;
}): SoakReading {
  const probe: Probe = JSON.parse(readFileSync(at.probeFile, 'utf8'));
  const segmenters = at.children.filter((pid) => commandLine(pid).includes('segmenter/process'));
  const database = join(at.folder, 'particled.db');
  return {
    tiles: at.tiles,
    mainMb: residentMb(at.pid),
    heapMb: probe.heapUsedMb,
    externalMb: probe.externalMb,
    segmentersMb: segmenters.reduce((sum, pid) => sum + residentMb(pid), 0),
    treePeakMb: at.peakMb,
    descriptors: [at.pid, ...segmenters].reduce((sum, pid) => sum + descriptors(pid), 0),
    loopDelayMaxMs: probe.loopDelayMaxMs,
    walMb: statSync(`${database}-wal`).size / 2 ** 20,
    databaseBytesPerTile: statSync(database).size / at.tiles,
    outboxRows: outboxRows(database),
  };
}

function outboxRows(file: string): number {
  const database = connectReadOnly(file);
  try {
    return createOutbox(database).depth();
  } finally {
    database.close();
  }
}

/** Looks at the whole tree four times a second: a report process lives for a few. */
function watchTree(pids: () => readonly number[]) {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(
      peak,
      pids().reduce((sum, pid) => sum + proportionalMb(pid), 0),
    );
  }, 250);
  return {
    /** The most since it was asked last. */
    peakMb(): number {
      const most = peak;
      peak = 0;
      return most;
    },
    stop: () => clearInterval(timer),
  };
}
