import { UnusableFileError } from '../../errors.ts';
import { feiDocumentIn } from './fei-document.ts';
import { type FileBytes, notWritten, requireInside } from './file-bytes.ts';
import { type ImageHeader, noMakerTexts } from './image-header.ts';
import { METADATA_MAX_BYTES, requireSaneSize } from './image-limits.ts';

export const JPEG_SIGNATURE = Buffer.from([0xff, 0xd8, 0xff]);

// ITU-T T.81, table B.1.
const MARKER = 0xff;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const COMMENT = 0xfe;
const APPLICATION_FIRST = 0xe0;
const APPLICATION_LAST = 0xef;
/** Frames that libjpeg decodes: baseline, extended sequential, progressive, each also with arithmetic coding. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca]);
/** Markers of this range that begin no frame: tables and an extension. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);
/** A camera writes some twenty; metadata and thumbnails of others a hundred. */
const SEGMENTS_MAX = 1000;

interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerSample: number;
  readonly samplesPerPixel: number;
  readonly unreadable: string | null;
}

/**
 * Reads the segments of a JPEG up to its picture, and looks for the end of the picture.
 *
 * A Phenom's user interface leaves its FeiImage document behind the picture; programs that copy it put it into a comment,
 * Exif or XMP, so every one of these is looked through.
 */
export async function readJpegHeader(file: FileBytes): Promise<ImageHeader> {
  let frame: Frame | null = null;
  let feiXml: string | null = null;
  let offset = 2;
  for (let index = 0; index < SEGMENTS_MAX; index++) {
    const { marker, contentsAt, lengthBytes } = await readSegment(file, offset);
    offset = contentsAt + lengthBytes;
    if (isFrame(marker)) frame ??= frameOf(file, marker, await file.read(contentsAt, 6, 'the JPEG frame'));
    const mayHoldDocument = marker === COMMENT || (marker >= APPLICATION_FIRST && marker <= APPLICATION_LAST);
    if (mayHoldDocument && feiXml === null) {
      feiXml = feiDocumentIn(await file.read(contentsAt, lengthBytes, 'a JPEG segment'));
    }
    if (marker !== START_OF_SCAN) continue;
    if (frame === null) throw damaged(file, 'its JPEG picture begins before its size is said');
    const behind = await readBehindPicture(file, offset);
    return {
      ...{ format: 'jpeg', isLossy: true, pages: 1, makers: noMakerTexts },
      ...frame,
      feiXml: feiXml ?? feiDocumentIn(behind),
    };
  }
  throw damaged(file, `it has over ${SEGMENTS_MAX} JPEG segments before its picture`);
}

async function readSegment(file: FileBytes, offset: number) {
  let at = offset;
  let head = await file.read(at, 4, 'a JPEG segment');
  // Any number of fill bytes may stand before a marker (B.1.1.2).
  for (; head[0] === MARKER && head[1] === MARKER && at - offset < 64; at++) {
    head = await file.read(at + 1, 4, 'a JPEG segment');
  }
  const marker = head[1] ?? 0;
  if (head[0] !== MARKER || marker < 0xc0) throw notWritten(file.path, `has no JPEG segment at byte ${at}`);
  const lengthBytes = head.readUInt16BE(2) - 2;
  if (lengthBytes < 0) throw damaged(file, `its JPEG segment at byte ${at} has no length`);
  return { marker, contentsAt: at + 4, lengthBytes };
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);
}

function frameOf(file: FileBytes, marker: number, contents: Buffer): Frame {
  const heightPx = contents.readUInt16BE(1);
  const widthPx = contents.readUInt16BE(3);
  requireSaneSize(file.path, widthPx, heightPx);
  const samplesPerPixel = contents.readUInt8(5);
  const isRead = FRAMES.has(marker) && (samplesPerPixel === 1 || samplesPerPixel === 3);
  return {
    ...{ widthPx, heightPx, samplesPerPixel },
    bitsPerSample: contents.readUInt8(0),
    unreadable: isRead ? null : `JPEG frame 0x${marker.toString(16)}`,
  };
}

/**
 * What lies behind the picture's end, which is the last mark of an end that is followed by no other picture's.
 * @throws UnusableFileError `truncated` where the picture has no end within reach of the file's
 */
async function readBehindPicture(file: FileBytes, pictureAt: number): Promise<Buffer> {
  requireInside(file.path, file.sizeBytes, pictureAt, 0, 'the head of its JPEG picture');
  const start = Math.max(pictureAt, file.sizeBytes - METADATA_MAX_BYTES);
  const tail = await file.read(start, file.sizeBytes - start, 'the JPEG picture');
  const end = tail.lastIndexOf(Buffer.from([MARKER, END_OF_IMAGE]));
  if (end === -1) throw notWritten(file.path, 'has no end of its JPEG picture (EOI)');
  return tail.subarray(end + 2);
}

function damaged({ path }: FileBytes, what: string): UnusableFileError {
  return new UnusableFileError(path, 'not-an-image', `${what}; the file is damaged: export it again`);
}
