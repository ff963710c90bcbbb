import { decodedText } from '../metadata/decoded-text.ts';
import type { MakerTexts } from './image-header.ts';
import { METADATA_MAX_BYTES, requireSaneMetadata } from './image-limits.ts';
import { type Directory, readUints } from './tiff-directory.ts';

const IMAGE_DESCRIPTION = 270;
const X_RESOLUTION = 282;
const Y_RESOLUTION = 283;
/** Private tags: Carl Zeiss SmartSEM, and what FEI wrote before, and Thermo Fisher beside, its XML. */
const ZEISS = 34118;
const FEI_INI = 34682;

/** What other makers than a Phenom's leave in a TIFF. @throws UnusableFileError `bad-metadata` for over 128 KiB */
export async function readMakerTexts(directory: Directory): Promise<MakerTexts> {
  const x = await readRatio(directory, X_RESOLUTION);
  const y = await readRatio(directory, Y_RESOLUTION);
  const description = directory.entries.get(IMAGE_DESCRIPTION);
  const isShort = (description?.count ?? 0) <= METADATA_MAX_BYTES;
  return {
    feiIni: await readMakerText(directory, FEI_INI),
    zeiss: await readMakerText(directory, ZEISS),
    // Anybody may describe an image at length; only short descriptions are a microscope's.
    description: isShort ? await readMakerText(directory, IMAGE_DESCRIPTION) : null,
    pixelsPerUnit: x === null || y === null ? null : { x, y },
  };
}

async function readMakerText({ entries, file }: Directory, tag: number): Promise<string | null> {
  const entry = entries.get(tag);
  if (entry === undefined || entry.valueSizeBytes !== 1) return null;
  requireSaneMetadata(file.path, entry.count);
  const text = decodedText(await file.read(entry.offset, entry.count, `TIFF tag ${tag}`)).trim();
  return text === '' ? null : text;
}

/** A RATIONAL: two whole numbers of 4 bytes. Null where it is missing, or divides by 0. */
async function readRatio(directory: Directory, tag: number): Promise<number | null> {
  const entry = directory.entries.get(tag);
  if (entry === undefined || entry.valueSizeBytes !== 8 || entry.count !== 1) return null;
  const [over, under] = await readUints(directory, { ...entry, valueSizeBytes: 4 }, 0, 2);
  return over && under ? over / under : null;
}
