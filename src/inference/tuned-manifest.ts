import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Speed, Thresholds, Tuning } from './manifest.ts';

/** Puts thresholds and where they come from into a model's manifest; every other key stays as it is written. */
export function writeTuning(folder: string, thresholds: Thresholds, tuning: Tuning): Promise<string> {
  return rewriteManifest(folder, (manifest) => withTuning(manifest, thresholds, tuning));
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

/** `tuning` stands right after the thresholds that it explains. */
function withTuning(manifest: object, thresholds: Thresholds, tuning: Tuning): object {
  return Object.fromEntries(
    Object.entries(manifest)
      .filter(([key]) => key !== 'tuning')
      .flatMap(([key, value]) =>
        key === 'thresholds'
          ? [
              ['thresholds', thresholds],
              ['tuning', tuning],
            ]
          : [[key, value]],
      ),
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
