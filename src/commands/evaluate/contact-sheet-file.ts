import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { contactSheet, type SheetSection } from '../../evaluation/contact-sheet/contact-sheet.ts';

export type { SheetSection };

/** Writes the sheet as PNG; a reader never sees half of one. */
export async function writeContactSheet(path: string, sections: readonly SheetSection[]): Promise<void> {
  const { widthPx, heightPx, rgb } = contactSheet(sections);
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .png()
    .toFile(partial);
  await rename(partial, path);
}
