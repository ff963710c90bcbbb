import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../../errors.ts';
import { type SampleSummary, sampleSummary } from '../../report/sample/sample-summary.ts';
import { sizesOf } from '../../statistics/published-sizes.ts';
import type { Estimate, RunStatistics } from '../../statistics/size-statistics.ts';

/** Figures that are compared, as the summary has them; each but the count has an interval there. */
export const figureNames = [
  'areaMeanUm2',
  'd10Um',
  'd50Um',
  'd90Um',
  'd10ByVolumeUm',
  'd50ByVolumeUm',
  'd90ByVolumeUm',
] as const;
export type FigureName = (typeof figureNames)[number];

/** A run's files in a folder of results, and what its summary says. */
export interface ResultRun {
  readonly sampleId: string;
  readonly label: string;
  readonly name: string;
  /** Its tables of particles and tiles. */
  readonly particles: string;
  readonly tiles: string;
  readonly diameter: NonNullable<RunStatistics['diameter']>;
  /** As `statistics.filter`; empty where all particles count. */
  readonly filter: string;
  readonly models: readonly string[];
  readonly estimates: Readonly<Record<FigureName, Estimate>> | null;
}

/** What a folder holds that `particled analyse --out`, or the daemon in `report.folder`, has written. */
export interface ResultFolder {
  readonly folder: string;
  readonly runs: readonly ResultRun[];
  /** Runs whose files cannot be used, and why. */
  readonly faults: readonly { readonly run: string; readonly reason: string }[];
}

/** @throws Error where it holds no run with Parquet */
export function readResultFolder(path: string): ResultFolder {
  const folder = resolve(path);
  const runs: ResultRun[] = [];
  const faults: { run: string; reason: string }[] = [];
  for (const sampleId of foldersIn(folder)) {
    for (const name of foldersIn(join(folder, sampleId))) {
      const inside = join(folder, sampleId, name);
      if (!existsSync(join(inside, 'summary.json'))) continue;
      try {
        runs.push(readRun(inside, sampleId, name));
      } catch (error) {
        faults.push({ run: `${sampleId}/${name}`, reason: messageOf(error) });
      }
    }
  }
  if (runs.length > 0) return { folder, runs, faults };
  const [first] = faults;
  throw new Error(
    first
      ? `${folder}: none of its ${faults.length} runs can be used; the first: ${first.run}: ${first.reason}`
      : `${folder}: holds no results; give the folder of particled analyse --out, or the daemon's report.folder`,
  );
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new Error(`${folder}: cannot be listed (${messageOf(error)}); give a folder of results`);
  }
}

function readRun(folder: string, sampleId: string, name: string): ResultRun {
  const {
    sequence: _,
    store: _store,
    ...payload
  } = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  const { sample, statistics, provenance } = sampleSummary(payload);
  const [particles, tiles] = ['particles.parquet', 'tiles.parquet'].map((file) => join(folder, file));
  for (const table of [particles!, tiles!]) {
    if (!existsSync(table))
      throw new Error(
        `${table}: is missing; report.tables: both or parquet writes it, particled report --sample makes it anew`,
      );
  }
  return {
    ...{ sampleId, label: sample.label, name, particles: particles!, tiles: tiles! },
    diameter: statistics.diameter ?? 'area',
    filter: statistics.filter?.expression ?? '',
    models: provenance.models.map((model) => model.name),
    estimates: estimatesOf(statistics),
  };
}

function estimatesOf({ all }: SampleSummary['statistics']): Record<FigureName, Estimate> | null {
  const sizes = sizesOf(all);
  const { areaUm2, diameterByVolumeUm: byVolume } = all;
  if (sizes === null || areaUm2 === null || byVolume === null) return null;
  return {
    areaMeanUm2: areaUm2.mean,
    ...{ d10Um: sizes.d10, d50Um: sizes.d50, d90Um: sizes.d90 },
    ...{ d10ByVolumeUm: byVolume.d10, d50ByVolumeUm: byVolume.d50, d90ByVolumeUm: byVolume.d90 },
  };
}
