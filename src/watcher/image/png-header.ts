import { UnusableFileError } from '../../errors.ts';
import { type FileBytes, notWritten, requireInside } from './file-bytes.ts';
import { type ImageHeader, noMakerTexts } from './image-header.ts';
import { requireSaneSize } from './image-limits.ts';
import { endOf, PNG_SIGNATURE, readChunk } from './png-chunk.ts';
import { readPngText } from './png-text.ts';

/** 64 Mpx of 16-bit noise in chunks of 8 KiB. */
const CHUNKS_MAX = 20_000;
const FEI_KEYWORD = '34683';
/** PNG, section 11.2.1: samples a pixel by colour type; a palette (3) is three colours. */
const SAMPLES_BY_COLOUR_TYPE = new Map([
  [0, 1],
  [2, 3],
  [3, 3],
  [4, 2],
  [6, 4],
]);

/** Reads the image header and walks the chunks to the end without reading pixels. */
export async function readPngHeader(file: FileBytes): Promise<ImageHeader> {
  const first = await readChunk(file, PNG_SIGNATURE.length);
  if (first.type !== 'IHDR' || first.lengthBytes !== 13) {
    throw notWritten(file.path, `starts with the PNG chunk ${JSON.stringify(first.type)}, expected IHDR`);
  }
  const header = await file.read(first.offset, 13, 'IHDR');
  const widthPx = header.readUInt32BE(0);
  const heightPx = header.readUInt32BE(4);
  requireSaneSize(file.path, widthPx, heightPx);
  const { feiXml, pages } = await walkChunks(file, endOf(first));
  const colourType = header.readUInt8(9);
  return {
    format: 'png',
    widthPx,
    heightPx,
    bitsPerSample: header.readUInt8(8),
    samplesPerPixel: SAMPLES_BY_COLOUR_TYPE.get(colourType) ?? 0,
    unreadable: null,
    isLossy: false,
    pages,
    feiXml,
    makers: noMakerTexts,
  };
}

async function walkChunks(file: FileBytes, start: number): Promise<{ feiXml: string | null; pages: number }> {
  let feiXml: string | null = null;
  let pages = 1;
  let offset = start;
  for (let index = 0; index < CHUNKS_MAX; index++) {
    const chunk = await readChunk(file, offset);
    if (chunk.type === 'IEND') {
      requireInside(file.path, file.sizeBytes, chunk.offset, chunk.lengthBytes + 4, 'the last PNG chunk');
      return { feiXml, pages };
    }
    if (chunk.type === 'acTL') pages = (await file.read(chunk.offset, 4, 'acTL')).readUInt32BE(0);
    feiXml ??= await readPngText(file, chunk, FEI_KEYWORD);
    offset = endOf(chunk);
  }
  throw new UnusableFileError(
    file.path,
    'too-large',
    `has over ${CHUNKS_MAX} PNG chunks; export it from the microscope again`,
  );
}
