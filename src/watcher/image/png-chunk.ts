import { type FileBytes, notWritten } from './file-bytes.ts';

export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A chunk: 4 bytes length, 4 bytes type, the data, 4 bytes checksum (PNG, 3rd edition, section 5.3). */
export interface Chunk {
  readonly type: string;
  readonly offset: number;
  readonly lengthBytes: number;
}

/** The chunk that begins at an offset. */
export async function readChunk(file: FileBytes, offset: number): Promise<Chunk> {
  const head = await file.read(offset, 8, 'a PNG chunk (the file has no IEND)');
  const type = head.toString('latin1', 4, 8);
  if (!/^[A-Za-z]{4}$/.test(type)) throw notWritten(file.path, `has no PNG chunk at byte ${offset}`);
  return { type, offset: offset + 8, lengthBytes: head.readUInt32BE(0) };
}

/** Where the next chunk begins. */
export function endOf(chunk: Chunk): number {
  return chunk.offset + chunk.lengthBytes + 4;
}
