const ROOT = 'FeiImage';

/**
 * The FeiImage document somewhere in bytes that hold other things too, as a JPEG's comments or what lies behind its picture:
 * from its root's start tag to its end tag, in UTF-8 or, as Exif has comments, UTF-16. Null where there is none.
 */
export function feiDocumentIn(bytes: Buffer): string | null {
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const start = bytes.indexOf(Buffer.from(`<${ROOT}`, encoding));
    const last = Buffer.from(`</${ROOT}>`, encoding);
    const end = start === -1 ? -1 : bytes.indexOf(last, start);
    if (end !== -1) return bytes.toString(encoding, start, end + last.length);
  }
  return null;
}
