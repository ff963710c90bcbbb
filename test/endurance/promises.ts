import type { z } from 'zod';
import { setAsideSchema } from '../../src/publish/schema/set-aside.ts';
import { summarySchema } from '../../src/publish/schema/summary.ts';
import { tileSchema } from '../../src/publish/schema/tile.ts';
import type { Entry } from './ledger.ts';

type Tile = z.infer<typeof tileSchema>;
type Summary = z.infer<typeof summarySchema>;
type SetAside = z.infer<typeof setAsideSchema>;

/** What the microscope did, which no message may contradict. */
export interface SampleTruth {
  readonly label: string;
  /** Files that were written and are tiles. */
  readonly tiles: number;
  /** Names of those among them that cannot be segmented. */
  readonly unusable: readonly string[];
  /** Places of the grid that no tile was written for. */
  readonly missing: number;
}

/** At first, and after the one further look that a later start takes. */
const FAILURES_TOLD = 2;

/**
 * Holds all that a subscriber has heard against the three promises, and gives each breach in words; none: they held.
 * The daemon's statistics must be those of `statistics.border: exclude`, in which no particle is joined.
 */
export function brokenPromises(entries: readonly Entry[], truth: readonly SampleTruth[]): string[] {
  const numbered = entries.filter(({ sequence }) => sequence !== null);
  const first = new Map<number, Entry>();
  for (const entry of numbered) if (!first.has(entry.sequence!)) first.set(entry.sequence!, entry);
  const messages = [...first.values()].toSorted((a, b) => a.sequence! - b.sequence!);
  const tiles = parsed(messages, '/tile', tileSchema);
  const summaries = parsed(messages, '/summary', summarySchema);
  const setAside = parsed(messages, '/set-aside', setAsideSchema);
  return [
    ...sequenceFaults(numbered, first),
    ...tileFaults(tiles),
    ...revisionFaults(summaries),
    ...summaries.flatMap((summary) => countFaults(summary, tiles)),
    ...truth.flatMap((sample) => outcomeFaults(sample, tiles, summaries, setAside)),
  ];
}

function parsed<T>(entries: readonly Entry[], ending: string, schema: z.ZodType<T>): T[] {
  return entries
    .filter(({ topic }) => topic.endsWith(ending))
    .map(({ payload }) => schema.parse(JSON.parse(payload)));
}

/** Second promise: one number, one message; no number left out. */
function sequenceFaults(numbered: readonly Entry[], first: ReadonlyMap<number, Entry>): string[] {
  const faults = numbered
    .filter(({ sequence, topic, payload }) => {
      const one = first.get(sequence!)!;
      return one.topic !== topic || one.payload !== payload;
    })
    .map(({ sequence }) => `sequence ${sequence} came with two contents`);
  const highest = Math.max(0, ...first.keys());
  for (let sequence = 1; sequence <= highest; sequence++) {
    if (!first.has(sequence)) faults.push(`sequence ${sequence} of ${highest} never came`);
  }
  return faults;
}

/**
 * First promise, of tiles: each content has one result. One that was given up is looked at once more at a later start,
 * and told so once more. Third promise: what failed has no particles, which is not the same as none.
 */
function tileFaults(tiles: readonly Tile[]): string[] {
  const faults: string[] = [];
  for (const [hash, same] of Map.groupBy(tiles, ({ tile }) => tile.contentHash)) {
    const failed = same.filter(({ outcome }) => outcome === 'failed');
    const results = same.length - failed.length;
    if (results > 1) faults.push(`tile ${hash} has ${results} results`);
    if (failed.length > FAILURES_TOLD) faults.push(`tile ${hash} failed ${failed.length} times`);
    if (failed.some(({ counts, particles }) => counts !== null || particles !== null))
      faults.push(`tile ${hash} failed and has particles`);
  }
  return faults;
}

/** Second promise, of results: revisions of a run ascend by 1, and each says one thing. */
function revisionFaults(summaries: readonly Summary[]): string[] {
  const faults: string[] = [];
  for (const [run, all] of Map.groupBy(summaries, ({ sample, run }) => `${sample.id}/${run}`)) {
    const said = new Map<number, string>();
    for (const { sequence: _, ...summary } of all) {
      const text = JSON.stringify(summary);
      const known = said.get(summary.revision);
      // Published again for a broker that lost what it kept, under a new number.
      if (known !== undefined && known !== text)
        faults.push(`${run}: revision ${summary.revision} says two things`);
      if (known === undefined && summary.revision !== said.size + 1)
        faults.push(`${run}: revision ${summary.revision} follows ${said.size}`);
      said.set(summary.revision, text);
    }
  }
  return faults;
}

/**
 * First promise: a revision that counts k tiles counts the first k that were announced, each once. So the particles of
 * these, less those of tiles left out, are those in the statistics, at borders, or shown twice.
 */
function countFaults(summary: Summary, tiles: readonly Tile[]): string[] {
  const { statistics, imaging, duplicateCount, failedTiles } = summary;
  const name = `${summary.sample.id}/${summary.run} revision ${summary.revision}`;
  const ofRun = tiles.filter(({ sample, run }) => sample.id === summary.sample.id && run === summary.run);
  const before = ofRun.filter(({ sequence }) => sequence < (summary.sequence ?? 0));
  const leftOut = new Set(imaging.tiles.map(({ contentHash }) => contentHash));
  const counted = before
    .filter(({ outcome }) => outcome === 'segmented')
    .slice(0, statistics.tiles + leftOut.size);
  const faults: string[] = [];
  if (counted.length !== statistics.tiles + leftOut.size)
    faults.push(`${name} counts ${statistics.tiles} tiles; ${counted.length} were announced before`);
  const particles = counted
    .filter(({ tile }) => !leftOut.has(tile.contentHash))
    .reduce((sum, { counts }) => sum + (counts?.all ?? 0), 0);
  const told = statistics.all.count + statistics.border.cut + duplicateCount;
  if (told !== particles) faults.push(`${name} counts ${told} particles; its tiles have ${particles}`);
  const failed = new Set(
    before.filter(({ outcome }) => outcome === 'failed').map(({ tile }) => tile.contentHash),
  );
  for (const { contentHash } of failedTiles) {
    if (!failed.has(contentHash))
      faults.push(`${name} says that ${contentHash} failed, which nobody announced`);
  }
  return faults;
}

/** All three promises at the end: every tile is there, failed or missing, in one run. */
function outcomeFaults(
  { label, tiles: written, unusable, missing }: SampleTruth,
  tiles: readonly Tile[],
  summaries: readonly Summary[],
  setAside: readonly SetAside[],
): string[] {
  const all = summaries.filter(({ sample }) => sample.label === label);
  const runs = new Set(all.map(({ run }) => run));
  if (runs.size !== 1) return [`${label} has ${runs.size} runs, expected 1`];
  const last = all.toSorted((a, b) => a.revision - b.revision).at(-1)!;
  const ofSample = tiles.filter(({ sample }) => sample.label === label);
  const announced = new Set(ofSample.map(({ tile }) => tile.contentHash)).size;
  const facts = {
    final: [last.final, true],
    state: [last.state, missing === 0 ? 'complete' : 'stalled'],
    announced: [announced, written],
    counted: [last.statistics.tiles + last.imaging.tiles.length, written - unusable.length],
    failed: [last.failedTiles.map(({ file }) => file).join(), unusable.join()],
    missing: [last.coverage.missing.length + last.coverage.tilesUnseen, missing],
  };
  return [
    ...Object.entries(facts)
      .filter(([, [is, expected]]) => is !== expected)
      .map(([fact, [is, expected]]) => `${label}: ${fact} is ${is}, expected ${expected}`),
    ...unusable.flatMap((name) => {
      const times = setAside.filter(({ file }) => file === name).length;
      return times >= 1 && times <= FAILURES_TOLD ? [] : [`${label}: ${name} was set aside ${times} times`];
    }),
  ];
}
