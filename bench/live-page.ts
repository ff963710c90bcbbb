/**
 * What people who look at the live page cost a tile: tiles with a hundred pages open against tiles with none, round by round
 * in one run, how long the daemon's event loop is held meanwhile, and what a tile costs the page's processes.
 *
 *     node bench/live-page.ts                                    100 pages, 8 rounds of 3 and 3 tiles, each after one that is not counted
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
import { processOf, treeProcessorMs } from './process-tree.ts';
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

/** When the daemon said this of a tile. */
function saidAtMs(message: string, name: string): number {
  const line = log().find(({ msg, path }) => msg === message && path === join(exportFolder, name));
  if (!line) throw new Error(`the daemon's log has no "${message}" of ${name}`);
  return Date.parse(line.time);
}

const segmentedAtMs = (name: string): number => saidAtMs('tile segmented', name);

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
  const staged = writeTiles(
    join(work, 'staged'),
    1,
    WARM_UP + 2 * rounds * (tiles + 1),
    Math.min(24, 2 * tiles),
  );
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
  /** One tile after another, each once the one before is stored. @returns the mean of the times from seen to stored */
  const walk = async (count: number): Promise<number> => {
    const walks: number[] = [];
    for (let i = 0; i < count; i++) {
      const from = staged[segmented]!;
      const name = basename(from);
      renameSync(from, join(exportFolder, name));
      segmented += 1;
      await said('tile segmented', segmented);
      walks.push(segmentedAtMs(name) - saidAtMs('tile seen', name));
    }
    return walks.reduce((sum, value) => sum + value, 0) / count;
  };
  await walk(WARM_UP);

  const pageProcess = processOf('dashboard-process', daemon.children());
  const alone: number[] = [];
  const watched: number[] = [];
  const loopMs = { alone: 0, watched: 0 };
  const costMs = { alone: 0, watched: 0 };
  const shownAfterS: number[] = [];
  let told: FromReaders = {
    open: 0,
    events: 0,
    requests: 0,
    bytes: 0,
    statuses: {},
    refusals: [],
    shown: [],
  };
  for (let round = 0; round < rounds; round++) {
    // Which comes first changes, so that what grows with time weighs on both alike.
    for (const isWatched of round % 2 === 0 ? [false, true] : [true, false]) {
      told = await askReaders(isWatched ? { open: pages, url } : { open: 0 });
      if (isWatched && told.open !== pages) throw new Error(`${told.open} of ${pages} pages opened`);
      told = await askReaders({ rest: true }); // what opening them costs is over
      const which = isWatched ? 'watched' : 'alone';
      const beforeMs = treeProcessorMs(pageProcess);
      const watch = loopWatch();
      // The tile before them is what the pages read as the first one comes.
      await walk(1);
      (isWatched ? watched : alone).push(await walk(tiles));
      loopMs[which] = Math.max(loopMs[which], watch.end());
      told = await askReaders({ rest: true });
      costMs[which] += treeProcessorMs(pageProcess) - beforeMs;
      shownAfterS.push(...told.shown.map(([name, atMs]) => (atMs - segmentedAtMs(name)) / 1000));
    }
  }
  await askReaders({ open: 0 });
  const ratios = watched.map((value, round) => value / alone[round]!);
  const counted = rounds * (tiles + 1);
  say('a tile, no page open', ms(median(alone)));
  say(`a tile, ${pages} pages open`, ms(median(watched)));
  say('ratio, round by round', median(ratios).toFixed(3).padStart(5), `(limit 1.05) ${spread(ratios)}`);
  say("daemon's loop held, no page open", ms(loopMs.alone));
  say(`daemon's loop held, ${pages} pages open`, ms(loopMs.watched), '(limit 50 ms)');
  say(
    "the page's processor time a tile",
    ms(costMs.watched / counted),
    `(${ms(costMs.alone / counted).trim()} with no page open)`,
  );
  say(
    'asked and told a page and tile',
    `${(told.requests / pages / counted).toFixed(1)} requests, ${(told.events / pages / counted).toFixed(1)} events, ${(told.bytes / pages / counted / 1000).toFixed(0)} kB`,
  );
  say(
    'outlines on a page after',
    `${median(shownAfterS).toFixed(2)} s`,
    `(all ${shownAfterS.length} within ${Math.max(...shownAfterS).toFixed(2)} s)`,
  );
  say('answers by status', JSON.stringify(told.statuses));
  say('busy processes a core', (loadavg()[0]! / availableParallelism()).toFixed(1));
  if (Object.keys(told.statuses).some((status) => status !== '200') || shownAfterS.length !== pages * counted)
    throw new Error(`not all was shown, so the ratio tells nothing: ${told.refusals.join('; ')}`);
} finally {
  readers.kill();
  await daemon.stop();
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
