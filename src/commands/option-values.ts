import { InvalidArgumentError } from 'commander';
import { PIXEL_SIZE_STATED_MAX_NM, PIXEL_SIZE_STATED_MIN_NM } from '../config/instrument.ts';
import { filterText, readFilter } from '../config/particle-filter.ts';
import { messageOf } from '../errors.ts';

/** Reads an option's value as a whole number, or says what is expected. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`must be a whole number from ${least}`);
  };
}

/** Reads an option's value as a number from 0 to 1, or says what is expected. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('must be a number from 0 to 1');
}

/** Reads an option's value as the side of a pixel in nm, or says what is expected. */
export function pixelSizeNm(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= PIXEL_SIZE_STATED_MIN_NM && value <= PIXEL_SIZE_STATED_MAX_NM)
    return value;
  throw new InvalidArgumentError(
    `must be a number of nanometres from ${PIXEL_SIZE_STATED_MIN_NM} to ${PIXEL_SIZE_STATED_MAX_NM}`,
  );
}

/** Reads an option's value as a filter of particles, or says where it is none, and what is expected there. */
export function particleFilter(text: string): string {
  try {
    return filterText(readFilter(text));
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}
