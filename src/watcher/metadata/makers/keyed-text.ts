import { UnusableFileError } from '../../../errors.ts';
import type { UnitFactors } from '../fei-quantity.ts';

/** A text of keys and values as a microscope wrote it, and what to name in errors. */
export interface KeyedText {
  /** The image. */
  readonly path: string;
  /** What holds the text, as `the Zeiss text (TIFF tag 34118)`. */
  readonly holder: string;
  /** By key, or by `Section/Key` where it has sections. */
  readonly values: ReadonlyMap<string, string>;
}

const LINES_MAX = 10_000;

/** The lines `Key=Value` of an ini text, by `Section/Key`; of a key that stands twice in a section the first counts. */
export function iniValues(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.split(/\r\n|\r|\n/, LINES_MAX)) {
    const head = /^\s*\[(.{1,100})\]\s*$/.exec(line);
    if (head) section = `${head[1]}/`;
    const equals = line.indexOf('=');
    if (head || equals < 1) continue;
    const key = section + line.slice(0, equals).trim();
    if (!values.has(key)) values.set(key, line.slice(equals + 1).trim());
  }
  return values;
}

/** The trimmed text of a key; empty where it is missing. */
export function textOf(text: KeyedText, key: string): string {
  return text.values.get(key) ?? '';
}

/**
 * A number with its unit behind it, as `12.3 nm` or `15000 Volt`, in the unit of `factors`.
 *
 * @param unitWhenAbsent the unit of a bare number, as the maker's texts have it; null where a unit has to be there
 * @returns null where the key is missing, its text is empty or none of these
 */
export function quantityOf(
  text: KeyedText,
  key: string,
  factors: UnitFactors,
  unitWhenAbsent: string | null,
): number | null {
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(\S*)$/i.exec(textOf(text, key));
  const unit = parts?.[2] || unitWhenAbsent;
  if (!parts || unit === null || !Object.hasOwn(factors, unit)) return null;
  const value = Number(parts[1]) * factors[unit]!;
  return Number.isFinite(value) ? value : null;
}

/** Of a key that has to be there. @throws UnusableFileError `bad-metadata` */
export function requiredQuantityOf(
  text: KeyedText,
  key: string,
  factors: UnitFactors,
  unitWhenAbsent: string | null,
  expected: string,
): number {
  const value = quantityOf(text, key, factors, unitWhenAbsent);
  if (value === null) throw badValue(text, key, expected);
  return value;
}

/** @returns `bad-metadata` that quotes the value as written */
export function badValue(
  { path, holder, values }: KeyedText,
  key: string,
  expected: string,
): UnusableFileError {
  const value = values.get(key);
  const written = value === undefined ? 'is missing' : `is ${JSON.stringify(value.slice(0, 40))}`;
  return new UnusableFileError(
    path,
    'bad-metadata',
    `${key} in ${holder} ${written}, expected ${expected}; export it from the microscope again`,
  );
}
