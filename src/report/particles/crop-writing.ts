import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { overlayPicture, type PictureSource } from '../overlay-picture.ts';
import { type CropScale, cropSidePx, cutCrop } from '../particle-crop.ts';
import { overlayPath } from '../sample/sample-files.ts';
import type { CountedParticle } from '../tables/counted-run.ts';
import { writeWhole } from '../whole-file.ts';
import { type Gallery, galleries } from './galleries.ts';
import { boxPxOf, piecesOf, type ShownPiece, type ShownRun, type ShownTile } from './shown-run.ts';

/** A particle, and the picture of its largest piece; null where the tile can be read no more. */
export interface PicturedParticle {
  readonly particle: CountedParticle;
  readonly jpeg: Buffer | null;
}

export interface PicturedGallery extends Omit<Gallery, 'particles'> {
  readonly particles: readonly PicturedParticle[];
}

/** A particle's place in a gallery, and how it is shown there. */
interface Crop {
  /** Of its file. */
  readonly name: string;
  readonly particle: CountedParticle;
  readonly piece: ShownPiece;
  readonly scale: CropScale;
}

/** Cuts the galleries' particles out of their overlays into `crops`, and takes away what an earlier revision left there. */
export async function writeCrops(folder: string, run: ShownRun): Promise<PicturedGallery[]> {
  const planned = galleries(run.counting).map((gallery) => ({ gallery, crops: cropsOf(run, gallery) }));
  const pictures = await cutAll(
    folder,
    planned.flatMap(({ crops }) => crops),
  );
  const cropFolder = join(folder, 'crops');
  await mkdir(cropFolder, { recursive: true });
  for (const name of await readdir(cropFolder)) {
    if (!pictures.has(name)) await rm(join(cropFolder, name), { force: true });
  }
  for (const [name, png] of pictures) await writeWhole(join(cropFolder, name), png);
  const pictured: PicturedGallery[] = [];
  for (const { gallery, crops } of planned) {
    const particles: PicturedParticle[] = [];
    for (const { name, particle } of crops) {
      const png = pictures.get(name) ?? null;
      // A quarter of the PNG: the page carries two dozen.
      particles.push({ particle, jpeg: png && (await sharp(png).jpeg({ quality: 80 }).toBuffer()) });
    }
    pictured.push({ ...gallery, particles });
  }
  return pictured;
}

function cropsOf(run: ShownRun, { name, particles }: Gallery): Crop[] {
  const shown = particles.flatMap((particle) => {
    const [piece] = piecesOf(run, particle);
    return piece ? [{ particle, piece }] : [];
  });
  const sideUm = commonSideUm(shown.map(({ piece }) => piece));
  return shown.map(({ particle, piece }, at) => {
    const { pixelSizeUm } = piece.tile;
    const scale = { sidePx: Math.round(sideUm / pixelSizeUm), pixelSizeUm };
    return { name: `${name}-${at + 1}.png`, particle, piece, scale };
  });
}

/** By name, without those whose tile can be read no more; each tile is read once, one at a time. */
async function cutAll(folder: string, crops: readonly Crop[]): Promise<Map<string, Buffer>> {
  const pictures = new Map<string, Buffer>();
  for (const [{ tile }, ofTile] of Map.groupBy(crops, ({ piece }) => piece.tile)) {
    const picture = await overlayPicture(pictureOf(folder, tile));
    if (picture === null) continue;
    for (const { name, piece, scale } of ofTile) {
      pictures.set(name, await cutCrop(picture, boxPxOf(piece), scale));
    }
  }
  return pictures;
}

/** What the one that needs most room needs, as far as every tile can show it: so all are at one scale. */
function commonSideUm(pieces: readonly ShownPiece[]): number {
  const wanted = pieces.map((piece) => cropSidePx(boxPxOf(piece)) * piece.tile.pixelSizeUm);
  const possible = pieces.map(({ tile }) => Math.min(tile.widthPx, tile.heightPx) * tile.pixelSizeUm);
  return Math.min(Math.max(...wanted), ...possible);
}

/** Where the picture of a tile is to be had. */
export function pictureOf(folder: string, { file, metadata }: ShownTile['tile']): PictureSource {
  return {
    overlayPath: overlayPath(folder, file.path, file.contentHash),
    path: file.path,
    contentHash: file.contentHash,
    databarHeightPx: metadata.databarHeightPx,
  };
}
