import { plainNumber } from './fei-quantity.ts';
import { readXml } from './xml-document.ts';

/** The part of a pixel's range that the microscope displayed from black to white; 0 and 1 are the whole range. */
export interface DisplayWindow {
  readonly black: number;
  readonly white: number;
}

/**
 * What `displayBlackLevel` and `displayWhiteLevel` say: of a 16-bit file, the part of the range that is in use.
 * Null where they are missing, out of order (older software writes 0 and 0) or the whole range.
 *
 * @param xml the FeiImage document; null or blank where there is none
 * @throws UnusableFileError `bad-metadata` for a document that cannot be read
 */
export function displayWindowOf(xml: string | null, path: string): DisplayWindow | null {
  if (xml === null || xml.trim() === '') return null;
  const source = { document: readXml(xml, 'FeiImage', path), path };
  const black = plainNumber(source, 'displayBlackLevel');
  const white = plainNumber(source, 'displayWhiteLevel');
  if (black === null || white === null || !(0 <= black && black < white && white <= 1)) return null;
  return black === 0 && white === 1 ? null : { black, white };
}
