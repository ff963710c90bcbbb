import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Particle } from '../measure/particle.ts';
import type { ParticleOfTile } from '../store/particles.ts';

/** Folder of a run's files inside the report folder; both ids are safe in file names. */
export function sampleFolder(reportFolder: string, sampleId: string, runName: string): string {
  return join(reportFolder, sampleId, runName);
}

/** Where a tile's overlay goes: named as the tile, with the start of its content hash against namesakes. */
export function overlayPath(folder: string, tilePath: string, contentHash: string): string {
  const name = basename(tilePath)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w.+-]+/g, '_')
    .slice(0, 100);
  return join(folder, 'overlays', `${name}-${contentHash.slice(0, 8)}.png`);
}

/** Writes `summary.json` and `particles.csv` of a finished sample; a reader never sees half of one. */
export async function writeSampleFiles(
  folder: string,
  summary: object,
  particles: Iterable<ParticleOfTile>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeCsv(join(folder, 'particles.csv'), particles);
  // Last: its revision says that the other files are of it.
  await writeFile(join(folder, 'summary.json.partial'), `${JSON.stringify(summary, null, 2)}\n`);
  await rename(join(folder, 'summary.json.partial'), join(folder, 'summary.json'));
}

/** The revision whose files stand in the folder, 0 where there are none. */
export async function writtenRevision(folder: string): Promise<number> {
  try {
    const summary: unknown = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
    return typeof summary === 'object' && summary !== null && 'revision' in summary
      ? Number(summary.revision)
      : 0;
  } catch {
    return 0; // missing or half of an older program's file: write it anew
  }
}

const columns: readonly (readonly [
  name: string,
  value: (row: ParticleOfTile) => string | number | boolean | null,
])[] = [
  ['tile', (row) => basename(row.path)],
  ['row', (row) => row.site?.row ?? null],
  ['column', (row) => row.site?.column ?? null],
  ['number', (row) => row.number],
  ...(
    ['areaUm2', 'diameterEquivalentUm', 'diameterFeretMinUm', 'diameterFeretMaxUm', 'perimeterUm'] as const
  ).map(measured),
  ...(['aspectRatio', 'circularity', 'solidity'] as const).map(measured),
  ['centroidStageXUm', ({ particle }) => rounded(particle.centroidStageUm.x)],
  ['centroidStageYUm', ({ particle }) => rounded(particle.centroidStageUm.y)],
  ['centroidXPx', ({ particle }) => rounded(particle.centroidPx.x)],
  ['centroidYPx', ({ particle }) => rounded(particle.centroidPx.y)],
  ...(['touchesBorder', 'objectness', 'confidence', 'certain'] as const).map(measured),
];

function measured(
  name: Exclude<keyof Particle, 'centroidStageUm' | 'centroidPx' | 'boxPx' | 'cutsPx'>,
): readonly [string, (row: ParticleOfTile) => number | boolean] {
  return [name, ({ particle }) => rounded(particle[name])];
}

/** Six significant digits: finer than any pixel. */
function rounded<T extends number | boolean>(value: T): T | number {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}

async function writeCsv(path: string, particles: Iterable<ParticleOfTile>): Promise<void> {
  const file = await open(`${path}.partial`, 'w');
  try {
    let block = `${columns.map(([name]) => name).join(',')}\n`;
    for (const row of particles) {
      block += `${columns.map(([, value]) => csvCell(value(row))).join(',')}\n`;
      if (block.length < 65_536) continue;
      await file.write(block); // and let the event loop breathe between blocks
      block = '';
    }
    await file.write(block);
  } finally {
    await file.close();
  }
  await rename(`${path}.partial`, path);
}

function csvCell(value: string | number | boolean | null): string {
  const text = String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
