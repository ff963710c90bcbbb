import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { counted } from '../statistics/numeric/figure-digits.ts';

/** Saved with loss; a Phenom's own have their metadata. */
const JPEG = new Set(['.jpg', '.jpeg', '.jpe', '.jfif']);

/** What to say of a folder in which no file is taken: what is there instead, and what to do. */
export async function withoutImagesText(folder: string, include: readonly string[]): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const endings = entries.filter((entry) => entry.isFile()).map(({ name }) => extname(name).toLowerCase());
  const taken = `files like ${include.join(', ')} are taken (watch.include)`;
  if (endings.length === 0) {
    return `${folder}: is empty; give the folder into which the microscope exports; ${taken}`;
  }
  const counts = [...Map.groupBy(endings, (ending) => ending || 'no ending')]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([ending, files]) => `${files.length} with ${ending}`);
  const advice = endings.some((ending) => JPEG.has(ending))
    ? 'JPEG loses detail and moves edges; export TIFF from the microscope, or add **/*.jpg to watch.include'
    : 'give another folder, or export TIFF from the microscope';
  return `${folder}: no image to measure among its ${counted(endings.length, 'file')} (${counts.slice(0, 5).join(', ')}); ${taken}; ${advice}`;
}
