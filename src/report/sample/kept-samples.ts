import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of a run as it lies on the disk. */
export interface KeptSample {
  readonly folder: string;
  /** Of overlays and of the zoomable picture of the grid. */
  readonly overlaysBytes: number;
  /** Overlays too. */
  readonly bytes: number;
  /** When the last of its overlays and its summary were written. */
  readonly writtenAtMs: number;
}

/** What of a run's folder shows its tiles, and goes before the rest. */
export const TILE_PICTURES = ['overlays', 'pyramid'] as const;

export interface Limits {
  /** Whatever was written before is too old. */
  readonly oldestMs: number;
  readonly gigabytes: number | null;
}

const GB = 1e9;
/** As runs are named; folders of other names are somebody else's. */
const RUN_NAME = /^\d{8}T\d{6}Z(-\d+)?$/;

/** Folders of runs in the report folder, oldest first; a few files at a time, off the event loop. */
export async function keptSamples(reportFolder: string): Promise<KeptSample[]> {
  const kept: KeptSample[] = [];
  for (const run of await runFolders(reportFolder)) kept.push(await keptSample(run));
  return kept.sort((a, b) => a.writtenAtMs - b.writtenAtMs);
}

/** The same folders, without a look inside. */
export async function runFolders(reportFolder: string): Promise<string[]> {
  const runs: string[] = [];
  for (const sample of await foldersIn(reportFolder)) {
    const folders = await foldersIn(sample);
    runs.push(...folders.filter((run) => RUN_NAME.test(run.slice(sample.length + 1))));
  }
  return runs;
}

/**
 * What is to be deleted of samples, oldest first: what is too old, then the oldest until the rest keeps to the limit. The
 * newest stays whatever the limits are. Pure.
 */
export function surplus<Sample extends Pick<KeptSample, 'writtenAtMs'>>(
  samples: readonly Sample[],
  sizeOf: (sample: Sample) => number,
  { oldestMs, gigabytes }: Limits,
): Sample[] {
  let bytes = samples.reduce((sum, sample) => sum + sizeOf(sample), 0);
  const most = gigabytes === null ? Number.POSITIVE_INFINITY : gigabytes * GB;
  return samples.slice(0, -1).filter((sample) => {
    if (sizeOf(sample) === 0 || (sample.writtenAtMs >= oldestMs && bytes <= most)) return false;
    bytes -= sizeOf(sample);
    return true;
  });
}

async function keptSample(folder: string): Promise<KeptSample> {
  const overlays = await usageOf(join(folder, 'overlays'));
  const pyramid = await usageOf(join(folder, 'pyramid'));
  const all = await usageOf(folder);
  return {
    folder,
    overlaysBytes: overlays.bytes + pyramid.bytes,
    bytes: all.bytes,
    // A pyramid is made whenever somebody looks: that makes no sample younger.
    writtenAtMs: Math.max(overlays.writtenAtMs, all.summaryAtMs) || all.writtenAtMs,
  };
}

/** No link is followed; what goes away meanwhile counts as gone. */
async function usageOf(folder: string): Promise<{ bytes: number; writtenAtMs: number; summaryAtMs: number }> {
  const usage = { bytes: 0, writtenAtMs: 0, summaryAtMs: 0 };
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names) {
    const stats = await lstat(join(folder, name)).catch(() => null);
    if (!stats?.isFile()) continue;
    usage.bytes += stats.size;
    usage.writtenAtMs = Math.max(usage.writtenAtMs, stats.mtimeMs);
    if (name === 'summary.json') usage.summaryAtMs = stats.mtimeMs;
  }
  return usage;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}
