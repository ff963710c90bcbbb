import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { createRandom, type Random } from '../../src/simulator/random.ts';
import { queueAt } from '../queue/parts.ts';
import { mosquittoProcess } from '../support/mosquitto-process.ts';
import { type RedisProcess, redisProcess } from '../support/redis-process.ts';
import { daemonUnderTrial, type ProcessUnderTrial, processUnderTrial } from './daemon-under-trial.ts';
import { countFaults, knownCounts, modelTold, storeFaults } from './known-counts.ts';
import { type Entry, type Ledger, openLedger } from './ledger.ts';
import { brokenPromises } from './promises.ts';
import { PLACES, placeOf, type QueuedMicroscope, queuedMicroscope, samplesOf } from './queued-microscope.ts';

export interface QueueChaosOptions {
  readonly kills: number;
  /** Of both microscopes together, a multiple of 16: each writes samples of 8. */
  readonly tiles: number;
  /** The same seed kills in the same order after the same pauses; what the system makes of it differs. */
  readonly seed: number;
  readonly say?: (line: string) => void;
}

export interface QueueChaosOutcome {
  readonly kills: Readonly<Record<Victim, number>>;
  readonly tiles: number;
  readonly particles: number;
  /** Tiles that each worker answered, the same tile perhaps more than once. */
  readonly answered: readonly number[];
  /** How often a daemon gave its tiles to its own segmenter. */
  readonly wentLocal: number;
  /** In words; none: the promises held. */
  readonly broken: readonly string[];
  /** Holds the logs of all; only kept where something is broken. */
  readonly folder: string;
}

type Victim = 'daemon' | 'worker' | 'queue';

const MICROSCOPES = ['left', 'right'];
const WORKERS = ['anna', 'bert', 'cleo'];
/** So long a tile stays with a worker that was killed. */
const LOCK_MS = 2000;
const BROKER_SETTLED_MS = 2000;
/** Who starts on a busy computer is given so long. */
const RESULT_MS = 120_000;
const QUIET_MS = 180_000;

const workerScript = fileURLToPath(new URL('../queue/worker-under-trial.ts', import.meta.url));

/**
 * Kills daemons of two microscopes, their three workers and the queue between them (kill -9) at random moments, and
 * holds what a subscriber heard and what the stores have at the end against what was written.
 */
export async function queueChaos(options: QueueChaosOptions): Promise<QueueChaosOutcome> {
  const { kills, tiles, seed, say = () => {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'particled-queue-chaos-'));
  const broker = await mosquittoProcess();
  const server = await redisProcess(['--appendonly', 'yes']);
  const workers = WORKERS.map((name) => workerUnderTrial(folder, name, server.url));
  const daemons = MICROSCOPES.map((name) => {
    const own = join(folder, name);
    mkdirSync(join(own, 'export'), { recursive: true });
    writeFileSync(join(own, 'config.yaml'), stringify(settings(own, name, broker.url, server.url)));
    return daemonUnderTrial(join(own, 'config.yaml'), join(own, 'daemon.log'));
  });
  let ledger: Ledger | undefined;
  try {
    await Promise.all([broker.start(), server.start()]);
    ledger = await openLedger(broker.url);
    await delay(BROKER_SETTLED_MS); // it writes the subscriber's session down
    for (const process of [...workers, ...daemons]) process.start();
    const samples = samplesOf(tiles / MICROSCOPES.length);
    const progress = { share: 0 };
    const microscopes = MICROSCOPES.map((name, index) =>
      queuedMicroscope({
        ...{ folder: join(folder, name, 'export'), samples, seed: seed + index, progress },
        entries: entriesOf(ledger!, name),
      }),
    );
    const parties = { daemons, workers, server, ledger, progress };
    const killed = await killAll(parties, kills, createRandom(seed).fork('kills'), say);
    const truths = await Promise.all(microscopes.map(({ written }) => written));
    say(`all is written; ${ledger.entries.length} messages heard`);
    const broken = (): string[] =>
      MICROSCOPES.flatMap((name, index) =>
        brokenPromises(entriesOf(ledger!, name)(), truths[index]!).map((fault) => `${name}: ${fault}`),
      );
    await untilOver(ledger, broken);
    for (const daemon of daemons) await daemon.stop();
    for (const worker of workers) await worker.stop();
    const counted = await held(folder, microscopes, ledger);
    const faults = [...broken(), ...counted.faults];
    const outcome = {
      ...{ kills: killed, tiles, particles: counted.particles, broken: faults, folder },
      answered: WORKERS.map((name) => times(join(folder, `${name}.log`), '"answered"')),
      wentLocal: MICROSCOPES.reduce(
        (sum, name) =>
          sum + times(join(folder, name, 'daemon.log'), '"tiles are segmented on this computer"'),
        0,
      ),
    };
    if (faults.length === 0) rmSync(folder, { recursive: true, maxRetries: 5 });
    return outcome;
  } finally {
    await ledger?.leave();
    await Promise.all([...daemons, ...workers].map((process) => process.kill()));
    await broker.remove();
    await server.remove();
  }
}

/** What messages and stores count, against what each picture has where it is segmented alone. */
async function held(
  folder: string,
  microscopes: readonly QueuedMicroscope[],
  ledger: Ledger,
): Promise<{ faults: string[]; particles: number }> {
  const faults: string[] = [];
  let particles = 0;
  for (const [index, name] of MICROSCOPES.entries()) {
    const { tileBytes, samples } = microscopes[index]!;
    const counts = await knownCounts(
      folder,
      PLACES.map((at) => tileBytes(placeOf('known', at))),
      modelTold(entriesOf(ledger, name)()),
    );
    const known = samples.flatMap(({ files }) =>
      files.map(({ name: file, at, isFlat }) => [file, isFlat ? null : counts[at]!] as const),
    );
    particles += known.reduce((sum, [, count]) => sum + (count ?? 0), 0);
    const found = [
      ...countFaults(entriesOf(ledger, name)(), new Map(known)),
      ...storeFaults(join(folder, name, 'particled.db'), new Map(known)),
    ];
    faults.push(...found.map((fault) => `${name}: ${fault}`));
  }
  return { faults, particles };
}

function settings(folder: string, name: string, brokerUrl: string, queueUrl: string): object {
  return {
    instrument: { name },
    watch: { folder: join(folder, 'export'), stabilityMs: 200, rescanIntervalS: 1 },
    grid: { rows: 2, columns: 4, stallAfterS: 600 },
    // Tiles are not to be given up for the kills; the queue may be away for longer than this computer waits for it.
    segmenter: {
      processes: 1,
      threadsPerProcess: 1,
      attempts: 10,
      queue: queueAt(queueUrl, { localAfterS: 10 }),
    },
    statistics: { resamples: 100, border: 'exclude' },
    store: { file: join(folder, 'particled.db') },
    mqtt: { broker: 'external', url: brokerUrl, keepaliveS: 5, summaryIntervalS: 0.5 },
    report: { folder: join(folder, 'reports'), overlays: false },
  };
}

function workerUnderTrial(folder: string, name: string, url: string): ProcessUnderTrial {
  const options = {
    ...{ queue: queueAt(url), name, processes: 1, threadsPerProcess: 1, lockMs: LOCK_MS },
    ...{
      cacheFolder: join(folder, `cache-${name}`),
      sharedFolder: null,
      timeoutMs: 120_000,
      graceMs: 10_000,
    },
  };
  return processUnderTrial([workerScript, JSON.stringify(options)], join(folder, `${name}.log`));
}

const entriesOf = (ledger: Ledger, instrument: string) => (): Entry[] =>
  ledger.entries.filter(({ topic }) => topic.startsWith(`particled/${instrument}/`));

interface Parties {
  readonly daemons: readonly ProcessUnderTrial[];
  readonly workers: readonly ProcessUnderTrial[];
  readonly server: RedisProcess;
  readonly ledger: Ledger;
  /** How many of all tiles may be there by now, so that tiles are under way at every kill. */
  readonly progress: { share: number };
}

async function killAll(
  { daemons, workers, server, ledger, progress }: Parties,
  kills: number,
  random: Random,
  say: (line: string) => void,
): Promise<Record<Victim, number>> {
  const killed: Record<Victim, number> = { daemon: 0, worker: 0, queue: 0 };
  for (let kill = 1; kill <= kills; kill++) {
    progress.share = kill / kills;
    // A third of them while others still start, the rest once results have come since the last.
    if (random.uniform() > 0.33) await untilResult(ledger);
    await delay(random.uniform(0, 3000));
    const dice = random.uniform();
    const pauseMs = random.uniform(0, 2000);
    const victim: Victim = dice < 0.2 ? 'queue' : dice < 0.6 ? 'worker' : 'daemon';
    if (victim === 'queue') {
      await server.kill();
      await delay(pauseMs);
      await server.start();
    } else {
      const some = victim === 'worker' ? workers : daemons;
      const one = some[random.integer(0, some.length - 1)]!;
      await one.kill();
      await delay(pauseMs / 4);
    }
    // What ends by itself would be missed, and so it is started as systemd does.
    for (const process of [...workers, ...daemons]) if (!process.isUp()) process.start();
    killed[victim] += 1;
    if (kill % 10 === 0) say(`${kill} of ${kills} kills; ${ledger.entries.length} messages heard`);
  }
  return killed;
}

async function untilResult(ledger: Ledger): Promise<void> {
  const results = (): number => ledger.entries.filter(({ topic }) => topic.endsWith('/tile')).length;
  const before = results();
  const deadline = performance.now() + RESULT_MS;
  while (results() === before && performance.now() < deadline) await delay(100);
}

/** Every sample has its last word, or nothing but statuses has come for long. */
async function untilOver(ledger: Ledger, broken: () => readonly string[]): Promise<void> {
  let heard = 0;
  let quietSince = performance.now();
  while (broken().length > 0 && performance.now() - quietSince < QUIET_MS) {
    await delay(1000);
    const now = ledger.entries.filter(({ sequence }) => sequence !== null).length;
    if (now > heard) quietSince = performance.now();
    heard = now;
  }
}

function times(logFile: string, words: string): number {
  return readFileSync(logFile, 'utf8').split(words).length - 1;
}
