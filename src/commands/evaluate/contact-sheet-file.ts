import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { contactSheet, type SheetSection } from '../../evaluation/contact-sheet/contact-sheet.ts';
import type { Picture } from '../../evaluation/contact-sheet/thumbnail.ts';

export type { SheetSection };

export async function writeContactSheet(path: string, sections: readonly SheetSection[]): Promise<void> {
  await writePicture(path, contactSheet(sections));
}

/** Writes a picture as PNG; a reader never sees half of one. */
export async function writePicture(path: string, { widthPx, heightPx, rgb }: Picture): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .png()
    .toFile(partial);
  await rename(partial, path);
}
