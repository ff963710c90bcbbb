import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Manifest, Speed } from './manifest.ts';

/** What is found out of a network after its training; they stand together in a manifest, in this order. */
const MEASURED = [
  'thresholds',
  'tuning',
  'calibration',
  'recallBySize',
] as const satisfies readonly (keyof Manifest)[];

export type Measured = Pick<Manifest, (typeof MEASURED)[number]>;

/** Puts values into a model's manifest, undefined takes them out; every other key stays as it is written. */
export function writeMeasured(folder: string, changes: Partial<Measured>): Promise<string> {
  return rewriteManifest(folder, (manifest) => withMeasured(manifest, changes));
}

/** Puts a measured speed into a model's manifest; every other key stays as it is written. */
export function writeSpeed(folder: string, speed: Speed): Promise<string> {
  return rewriteManifest(folder, (manifest) => ({ ...manifest, speed }));
}

async function rewriteManifest(folder: string, change: (manifest: object) => object): Promise<string> {
  const path = join(folder, 'manifest.json');
  const manifest = z.looseObject({}).parse(JSON.parse(await readFile(path, 'utf8')));
  const partial = `${path}.partial`;
  await writeFile(partial, manifestText(change(manifest)));
  await rename(partial, path);
  return path;
}

function withMeasured(manifest: object, changes: Partial<Measured>): object {
  const changed: Readonly<Record<string, unknown>> = { ...manifest, ...changes };
  const measured = MEASURED.map((key) => [key, changed[key]]);
  return Object.fromEntries(
    Object.entries(manifest)
      .filter(([key]) => key === 'thresholds' || !MEASURED.some((one) => one === key))
      .flatMap((entry) => (entry[0] === 'thresholds' ? measured : [entry])),
  );
}

/** JSON with lists of numbers on one line, as the project's formatter leaves it. */
export function manifestText(manifest: object): string {
  const text = JSON.stringify(manifest, null, 2).replaceAll(
    /\[\s+(-?[\d.]+(?:,\s+-?[\d.]+)*)\s+\]/g,
    (_, numbers: string) => `[${numbers.replaceAll(/\s+/g, ' ')}]`,
  );
  return `${text}\n`;
}
