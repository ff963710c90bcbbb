/** Byte order marks: UTF-16, which Windows programs write, and UTF-8. */
const UTF16_LE = Buffer.from([0xff, 0xfe]);
const UTF16_BE = Buffer.from([0xfe, 0xff]);

/**
 * Text whose encoding nobody declares: UTF-16 where it begins with its mark, UTF-8 where it is valid, else Windows-1252, of
 * which Latin-1 is a part, so that a micro sign of an old microscope stays one. Ends at the first NUL.
 */
export function decodedText(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(2, bytes.length));
  if (start.equals(UTF16_LE)) return untilNul(new TextDecoder('utf-16le').decode(bytes));
  if (start.equals(UTF16_BE)) return untilNul(new TextDecoder('utf-16be').decode(bytes));
  try {
    return untilNul(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return untilNul(new TextDecoder('windows-1252').decode(bytes));
  }
}

function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}
