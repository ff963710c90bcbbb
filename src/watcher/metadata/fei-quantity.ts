import { UnusableFileError } from '../../errors.ts';
import type { XmlDocument } from './xml-document.ts';

/** How many of the wanted unit one of each written unit is. */
export type UnitFactors = Readonly<Record<string, number>>;

/** Both signs for micro occur: U+00B5 (micro sign) and U+03BC (Greek mu). */
export const NM_PER_UNIT: UnitFactors = { pm: 1e-3, nm: 1, um: 1e3, µm: 1e3, μm: 1e3, mm: 1e6, m: 1e9 };
export const MM_PER_UNIT: UnitFactors = { pm: 1e-9, nm: 1e-6, um: 1e-3, µm: 1e-3, μm: 1e-3, mm: 1, m: 1e3 };
export const UM_PER_UNIT: UnitFactors = { pm: 1e-6, nm: 1e-3, um: 1, µm: 1, μm: 1, mm: 1e3, m: 1e6 };
export const M_PER_UNIT: UnitFactors = { pm: 1e-12, nm: 1e-9, um: 1e-6, µm: 1e-6, μm: 1e-6, mm: 1e-3, m: 1 };
export const KV_PER_UNIT: UnitFactors = { V: 1e-3, kV: 1 };
export const NS_PER_UNIT: UnitFactors = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9 };

/** The document of one file, and the path to name in errors. */
export interface FeiSource {
  readonly document: XmlDocument;
  readonly path: string;
}

/**
 * A number that must be there, in the unit of `factors`.
 *
 * @param unitWhenAbsent the unit of a key that carries no `unit` attribute; null where the attribute must
 * be there
 * @param expected the accepted values in words, for the message
 * @throws UnusableFileError `bad-metadata` naming key, value and expectation
 */
export function requiredQuantity(
  source: FeiSource,
  key: string,
  factors: UnitFactors,
  unitWhenAbsent: string | null,
  expected: string,
  isAccepted: (value: number) => boolean,
): number {
  const value = quantity(source, key, factors, unitWhenAbsent);
  if (value === null || !isAccepted(value)) throw badQuantity(source, key, expected);
  return value;
}

/** A number that nothing depends on: null where it is missing, no number or in a unit we do not know. */
export function optionalQuantity(source: FeiSource, key: string, factors: UnitFactors): number | null {
  return quantity(source, key, factors, null);
}

/** A number without unit; null where it is missing or no finite number. */
export function plainNumber(source: FeiSource, key: string): number | null {
  const text = source.document.text(key);
  if (text === null || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function quantity(
  source: FeiSource,
  key: string,
  factors: UnitFactors,
  unitWhenAbsent: string | null,
): number | null {
  const value = plainNumber(source, key);
  const unit = source.document.unit(key) ?? unitWhenAbsent;
  if (value === null || unit === null || !Object.hasOwn(factors, unit)) return null;
  return value * (factors[unit] ?? Number.NaN);
}

/** @returns the error for a key whose value cannot be used, quoting it as written */
export function badQuantity(source: FeiSource, key: string, expected: string): UnusableFileError {
  const text = source.document.text(key);
  const unit = source.document.unit(key);
  const written =
    text === null
      ? 'is missing'
      : `is ${JSON.stringify(text.slice(0, 40))} ${unit === null ? 'without unit' : JSON.stringify(unit.slice(0, 20))}`;
  return new UnusableFileError(
    source.path,
    'bad-metadata',
    `${key} in its FeiImage metadata ${written}, expected ${expected}; export it from the microscope again`,
  );
}
