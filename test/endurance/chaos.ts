import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { createRandom, type Random } from '../../src/simulator/random.ts';
import { type Mosquitto, mosquittoProcess } from '../support/mosquitto-process.ts';
import { writeInPieces } from '../support/tiles.ts';
import { daemonUnderTrial, type ProcessUnderTrial } from './daemon-under-trial.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { pictureBank, type TilePlace } from './picture-bank.ts';
import { brokenPromises, type SampleTruth } from './promises.ts';

export interface ChaosOptions {
  readonly kills: number;
  /** The same seed kills in the same order after the same pauses; what the system makes of it differs. */
  readonly seed: number;
  readonly say?: (line: string) => void;
}

export interface ChaosOutcome {
  readonly kills: Readonly<Record<Victim, number>>;
  readonly samples: number;
  readonly tiles: number;
  readonly messages: number;
  /** Of these, those that came more than once, as QoS 1 allows. */
  readonly repeated: number;
  readonly summaries: number;
  /** In words; none: the promises held. */
  readonly broken: readonly string[];
  /** What the daemon has logged; only kept where something is broken. */
  readonly logFile: string;
}

type Victim = 'daemon' | 'segmenter' | 'broker';

const GRID = { rows: 2, columns: 4 };
/** Tiles that may wait unanswered before the microscope pauses, so that a backlog does not outlast the kills. */
const AHEAD = 12;
/** The broker writes its sessions down each second; what it takes and forgets within one is no fault of the daemon. */
const BROKER_SETTLED_MS = 2_000;
const STALL_AFTER_S = 15;
const QUIET_MS = 120_000;
const START_MS = 20_000;

/**
 * Kills the daemon, its segmenters and its broker (kill -9) at random moments while a microscope writes sample after
 * sample, and holds what a subscriber has heard at the end against what was written.
 */
export async function chaos({ kills, seed, say = () => {} }: ChaosOptions): Promise<ChaosOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-chaos-'));
  const exportFolder = join(folder, 'export');
  mkdirSync(exportFolder);
  const logFile = join(folder, 'daemon.log');
  const broker = await mosquittoProcess();
  let ledger: Ledger | undefined;
  const configFile = join(folder, 'config.yaml');
  const daemon = daemonUnderTrial(configFile, logFile);
  try {
    await broker.start();
    writeFileSync(configFile, stringify(settings(folder, exportFolder, broker.url)));
    ledger = await openLedger(broker.url);
    await delay(BROKER_SETTLED_MS); // it writes the subscriber's session down
    daemon.start();
    const random = createRandom(seed);
    const microscope = startMicroscope(exportFolder, ledger, seed);
    const killed = await killAll({ daemon, broker, ledger }, kills, random.fork('kills'), say);
    const truth = await microscope.finish();
    await untilOver(ledger, truth);
    await daemon.stop();
    await delay(500);
    const broken = brokenPromises(ledger.entries, truth);
    const numbered = ledger.entries.filter(({ sequence }) => sequence !== null);
    const messages = new Set(numbered.map(({ sequence }) => sequence)).size;
    if (broken.length === 0) rmSync(folder, { recursive: true, maxRetries: 5 });
    return {
      kills: killed,
      samples: truth.length,
      tiles: truth.reduce((sum, { tiles }) => sum + tiles, 0),
      messages,
      repeated: numbered.length - messages,
      summaries: numbered.filter(({ topic }) => topic.endsWith('/summary')).length,
      broken,
      logFile,
    };
  } finally {
    await ledger?.leave();
    await daemon.kill();
    await broker.remove();
  }
}

function settings(folder: string, exportFolder: string, url: string): object {
  return {
    instrument: { name: 'chaos' },
    watch: { folder: exportFolder, stabilityMs: 200, rescanIntervalS: 1 },
    grid: { ...GRID, stallAfterS: STALL_AFTER_S },
    // Tiles are not to be given up for the kills.
    segmenter: { processes: 2, threadsPerProcess: 1, attempts: 10 },
    statistics: { resamples: 100, border: 'exclude' },
    store: { file: join(folder, 'particled.db') },
    mqtt: { broker: 'external', url, keepaliveS: 5, summaryIntervalS: 0.5 },
    report: { folder: join(folder, 'reports'), overlays: false },
  };
}

/** Writes samples one after another until it is told to finish; of every third a tile is missing, of every fourth one flat. */
function startMicroscope(folder: string, ledger: Ledger, seed: number) {
  const tileBytes = pictureBank(12, seed);
  const truth: SampleTruth[] = [];
  let written = 0;
  let finishing = false;
  const heard = (): number =>
    new Set(
      ledger.entries.flatMap(({ topic, payload }) =>
        topic.endsWith('/tile') ? payload.match(/"contentHash":"(\w+)"/)?.[1] : [],
      ),
    ).size;
  async function write(): Promise<void> {
    for (let sample = 0; !finishing; sample++) {
      const label = `sample ${sample}`;
      const missing = sample % 3 === 2 ? 1 : 0;
      const flatAt = sample % 4 === 3 ? 2 : null;
      const fileOf = (at: number): string => `s${sample}_${at}.tiff`;
      for (let at = 0; at < GRID.rows * GRID.columns - missing; at++) {
        const place: TilePlace = {
          ...{ label, row: Math.floor(at / GRID.columns), column: at % GRID.columns },
          isFlat: at === flatAt,
        };
        while (written - heard() >= AHEAD) await delay(50);
        await writeInPieces(join(folder, fileOf(at)), tileBytes(place), 2, 40);
        written += 1;
        await delay(60);
      }
      const unusable = flatAt === null ? [] : [fileOf(flatAt)];
      truth.push({ label, tiles: GRID.rows * GRID.columns - missing, unusable, missing });
    }
  }
  const writing = write();
  return {
    /** Lets it finish its sample. */
    async finish(): Promise<SampleTruth[]> {
      finishing = true;
      await writing;
      return truth;
    },
  };
}

interface Parties {
  readonly daemon: ProcessUnderTrial;
  readonly broker: Mosquitto;
  readonly ledger: Ledger;
}

async function killAll(
  { daemon, broker, ledger }: Parties,
  kills: number,
  random: Random,
  say: (line: string) => void,
): Promise<Record<Victim, number>> {
  const killed: Record<Victim, number> = { daemon: 0, segmenter: 0, broker: 0 };
  let heardAtStart = ledger.entries.length;
  for (let kill = 1; kill <= kills; kill++) {
    // A third of them while it starts, the rest anywhere in its work.
    if (random.uniform() < 0.33) await delay(random.uniform(0, 2_000));
    else {
      await untilHeardOf(ledger, heardAtStart);
      await delay(random.uniform(0, 3_000));
    }
    const dice = random.uniform();
    const since = ledger.connectedSinceMs();
    const brokerSettled = since !== null && performance.now() - since > BROKER_SETTLED_MS;
    const children = daemon.children();
    const victim: Victim =
      dice < 0.2 && brokerSettled ? 'broker' : dice < 0.45 && children.length > 0 ? 'segmenter' : 'daemon';
    const pauseMs = random.uniform(0, 1_000);
    if (victim === 'broker') {
      await broker.kill();
      await delay(pauseMs);
      await broker.start();
    } else if (victim === 'segmenter') {
      killProcess(children[random.integer(0, children.length - 1)]!);
    } else {
      await daemon.kill();
      await delay(pauseMs / 4);
    }
    // A daemon that ends by itself would be missed, and so it is started as systemd does.
    if (!daemon.isUp()) {
      heardAtStart = ledger.entries.length;
      daemon.start();
    }
    killed[victim] += 1;
    if (kill % 10 === 0) say(`${kill} of ${kills} kills; ${ledger.entries.length} messages heard`);
  }
  return killed;
}

/** A daemon that has started says so by its status; one that cannot is killed all the same. */
async function untilHeardOf(ledger: Ledger, heardAtStart: number): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (ledger.entries.length <= heardAtStart && performance.now() < deadline) await delay(50);
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile, as a report process does.
  }
}

/** Every sample has its last word, or nothing but statuses has come for long. */
async function untilOver(ledger: Ledger, truth: readonly SampleTruth[]): Promise<void> {
  const isOver = (): boolean => brokenPromises(ledger.entries, truth).length === 0;
  let heard = 0;
  let quietSince = performance.now();
  while (!isOver() && performance.now() - quietSince < QUIET_MS) {
    await delay(1_000);
    const now = ledger.entries.filter(({ sequence }) => sequence !== null).length;
    if (now > heard) quietSince = performance.now();
    heard = now;
  }
}
