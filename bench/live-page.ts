/**
 * What people who look at the live page cost a tile: tiles with a hundred pages open against tiles with none, round by round
 * in one run, and how long the daemon's event loop is held meanwhile.
 *
 *     node bench/live-page.ts                                    100 pages, 8 rounds of 3 and 3 tiles
 *     node bench/live-page.ts --pages 20 --rounds 3 --tiles 2
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { daemonUnderTrial } from '../test/endurance/daemon-under-trial.ts';
import type { Probe } from '../test/endurance/loop-probe.ts';
import { median, ms, say, spread } from './figures.ts';
import type { FromReaders, ToReaders } from './page-readers.ts';
import { writeTiles } from './virtual-tiles.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '8' },
    tiles: { type: 'string', default: '3' },
  },
});
const [pages, rounds, tiles] = [Number(values.pages), Number(values.rounds), Number(values.tiles)];
/** Every process warms up on its first tiles. */
const WARM_UP = 4;

const work = mkdtempSync(join(tmpdir(), 'particled-live-page-'));
const exportFolder = join(work, 'export');
mkdirSync(exportFolder);
const logFile = join(work, 'daemon.log');
const probeFile = join(work, 'probe.json');
const configFile = join(work, 'config.yaml');
const daemon = daemonUnderTrial(configFile, logFile);
const readers = fork(fileURLToPath(new URL('page-readers.ts', import.meta.url)));

interface LogLine {
  readonly msg: string;
  readonly time: string;
  readonly path?: string;
  readonly url?: string;
}

function log(): LogLine[] {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => JSON.parse(line));
}

async function said(message: string, count = 1): Promise<LogLine> {
  for (;;) {
    const lines = log().filter(({ msg }) => msg === message);
    if (lines.length >= count) return lines.at(-1)!;
    if (!daemon.isUp()) throw new Error(`the daemon ended: ${readFileSync(logFile, 'utf8').slice(-2_000)}`);
    await delay(20);
  }
}

/** Milliseconds from the moment the daemon sees a file until its particles are stored. */
function walkMs(path: string): number {
  const at = (message: string): number => {
    const line = log().find(({ msg, path: of }) => msg === message && of === path);
    if (!line) throw new Error(`the daemon's log has no "${message}" of ${path}`);
    return Date.parse(line.time);
  };
  return at('tile segmented') - at('tile seen');
}

async function askReaders(asked: ToReaders): Promise<FromReaders> {
  const answer = once(readers, 'message');
  readers.send(asked);
  return (await answer)[0] as FromReaders;
}

/** Longest time that the daemon's loop was held; read while something goes on. */
function loopWatch(): { end(): number } {
  let longestMs = 0;
  const timer = setInterval(() => {
    const { loopDelayMaxMs } = JSON.parse(readFileSync(probeFile, 'utf8')) as Probe;
    longestMs = Math.max(longestMs, loopDelayMaxMs);
  }, 500);
  return {
    end() {
      clearInterval(timer);
      return longestMs;
    },
  };
}

try {
  const staged = writeTiles(join(work, 'staged'), 1, WARM_UP + 2 * rounds * tiles, Math.min(24, 2 * tiles));
  writeFileSync(
    configFile,
    stringify({
      instrument: { name: 'bench' },
      watch: { folder: exportFolder, stabilityMs: 100, rescanIntervalS: 60 },
      grid: { rows: 1, columns: staged.length, stallAfterS: 600 },
      store: { file: join(work, 'particled.db') },
      mqtt: { broker: 'embedded', port: 0 },
      report: { folder: null },
      dashboard: { port: 0 },
    }),
  );
  daemon.start({
    NODE_OPTIONS: `--import ${fileURLToPath(new URL('../test/endurance/loop-probe.ts', import.meta.url))}`,
    SOAK_PROBE: probeFile,
  });
  await said('particled is up');
  const url = String((await said('the live page listens')).url).replace(/\/$/, '');
  let segmented = 0;
  /** One tile after another, each once the one before is stored. */
  const walk = async (count: number): Promise<number> => {
    const walks: number[] = [];
    for (let i = 0; i < count; i++) {
      const from = staged[segmented]!;
      const path = join(exportFolder, basename(from));
      renameSync(from, path);
      segmented += 1;
      await said('tile segmented', segmented);
      walks.push(walkMs(path));
    }
    return walks.reduce((sum, value) => sum + value, 0) / count;
  };
  await walk(WARM_UP);

  const alone: number[] = [];
  const watched: number[] = [];
  const loopMs = { alone: 0, watched: 0 };
  let told: FromReaders = { open: 0, events: 0, bytes: 0, statuses: {}, refusals: [] };
  for (let round = 0; round < rounds; round++) {
    // Which comes first changes, so that what grows with time weighs on both alike.
    for (const isWatched of round % 2 === 0 ? [false, true] : [true, false]) {
      told = await askReaders(isWatched ? { open: pages, url } : { open: 0 });
      if (isWatched && told.open !== pages) throw new Error(`${told.open} of ${pages} pages opened`);
      await delay(1_500); // what opening them costs is over
      const watch = loopWatch();
      (isWatched ? watched : alone).push(await walk(tiles));
      const which = isWatched ? 'watched' : 'alone';
      loopMs[which] = Math.max(loopMs[which], watch.end());
    }
  }
  told = await askReaders({ open: 0 });
  const ratios = watched.map((value, round) => value / alone[round]!);
  say('a tile, no page open', ms(median(alone)));
  say(`a tile, ${pages} pages open`, ms(median(watched)));
  say('ratio, round by round', median(ratios).toFixed(3).padStart(5), `(limit 1.05) ${spread(ratios)}`);
  say("daemon's loop held, no page open", ms(loopMs.alone));
  say(`daemon's loop held, ${pages} pages open`, ms(loopMs.watched), '(limit 50 ms)');
  say('told to the pages', `${told.events} events`, `${(told.bytes / 1e6).toFixed(1)} MB`);
  say('answers by status', JSON.stringify(told.statuses));
  say('busy processes a core', (loadavg()[0]! / availableParallelism()).toFixed(1));
  if (Object.keys(told.statuses).some((status) => status !== '200'))
    throw new Error(`not all was answered, so the ratio tells nothing: ${told.refusals.join('; ')}`);
} finally {
  readers.kill();
  await daemon.stop();
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
