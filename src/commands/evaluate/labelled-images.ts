import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import sharp from 'sharp';
import { messageOf } from '../../errors.ts';
import type { LabelImage } from '../../evaluation/label-image.ts';
import { PIXELS_MAX } from '../../watcher/image/image-limits.ts';

/** An image and its labels on disk. */
export interface LabelledFile {
  /** File name without its ending. */
  readonly name: string;
  readonly imagePath: string;
  readonly labelsPath: string;
}

export interface LabelledSet {
  readonly name: string;
  readonly files: readonly LabelledFile[];
}

/** Which labelled images a command works on. */
export interface SetChoice {
  /** Folders of images and of label images of the same names; both or neither. */
  readonly images: string | null;
  readonly labels: string | null;
  /** Folders with `images` and `labels` inside. */
  readonly datasets: readonly string[];
}

/** @throws Error when the choice is half made, two sets have one name, or an image lacks its labels. */
export async function labelledSets({ images, labels, datasets }: SetChoice): Promise<LabelledSet[]> {
  if ((images === null) !== (labels === null)) {
    throw new Error('--images and --labels belong together: give both, or --dataset with a folder of both');
  }
  const sets = images !== null && labels !== null ? [await labelledSet(images, labels)] : [];
  sets.push(...(await Promise.all(datasets.map(dataset))));
  const twice = sets.find(({ name }, index) => sets.findIndex((set) => set.name === name) < index);
  if (twice) throw new Error(`two sets of images are called ${twice.name}; rename one of the folders`);
  return sets;
}

/** Paths of someone's label images for all files of a set, by name. */
export async function predictionPaths(folder: string, set: LabelledSet): Promise<Map<string, string>> {
  const present = new Set(await filesOf(folder));
  requirePartners(
    folder,
    set.files.filter(({ name }) => !present.has(`${name}.png`)),
  );
  return new Map(set.files.map(({ name }) => [name, join(folder, `${name}.png`)]));
}

/**
 * Reads a label image: one grey channel of 8 or 16 bits, 0 ground, one value a particle.
 * @throws Error naming the file where it is anything else, as colours would be merged into greys.
 */
export async function readLabels(path: string): Promise<LabelImage> {
  try {
    const image = sharp(path, { limitInputPixels: PIXELS_MAX });
    const { channels, space } = await image.metadata();
    if (channels !== 1 || (space !== 'b-w' && space !== 'grey16')) {
      throw new Error(
        `has ${channels} channels (${space}); write labels as one grey channel of 8 or 16 bits`,
      );
    }
    const { data, info } = await image
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    const labels = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
    return { widthPx: info.width, heightPx: info.height, labels };
  } catch (error) {
    throw new Error(`${path}: no label image: ${messageOf(error)}`);
  }
}

/** Folders of images and of labels with the same names. @throws Error naming the images without labels. */
async function labelledSet(images: string, labels: string): Promise<LabelledSet> {
  const imageNames = (await filesOf(images)).filter((name) => /\.(png|tiff?)$/i.test(name)).sort();
  if (imageNames.length === 0) throw new Error(`${images}: holds no .png or .tif image`);
  const labelled = new Set(await filesOf(labels));
  const files = imageNames.map((image) => {
    const name = image.replace(/\.[^.]+$/, '');
    return { name, imagePath: join(images, image), labelsPath: join(labels, `${name}.png`) };
  });
  requirePartners(
    labels,
    files.filter(({ name }) => !labelled.has(`${name}.png`)),
  );
  return { name: setName(images), files };
}

/** A folder that holds `images` and `labels`, as `particled simulate dataset` writes it. */
function dataset(folder: string): Promise<LabelledSet> {
  return labelledSet(join(folder, 'images'), join(folder, 'labels'));
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new Error(`${folder}: cannot be listed (${messageOf(error)})`);
  }
}

function requirePartners(folder: string, missing: readonly LabelledFile[]): void {
  if (missing.length === 0) return;
  const names = missing.slice(0, 5).map(({ name }) => `${name}.png`);
  const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : '';
  throw new Error(`${folder}: lacks ${names.join(', ')}${more}; every image needs a label image of its name`);
}

/** A set is called as the folder around `images`. */
function setName(images: string): string {
  const folder = resolve(images);
  return basename(folder) === 'images' ? basename(dirname(folder)) : basename(folder);
}
