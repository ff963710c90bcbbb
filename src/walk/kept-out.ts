import { type KeptOutCode, UnusableFileError } from '../errors.ts';
import type { KeptOut } from '../store/unusable.ts';

/** An image that can be read and is no tile of the run that it came beside; it is set aside and told with that run. */
export class KeptOutError extends UnusableFileError {
  readonly keptOut: KeptOut;

  constructor(path: string, code: KeptOutCode, reason: string, keptOut: KeptOut) {
    super(path, code, reason);
    this.keptOut = keptOut;
  }
}

/** Why, and what to do, in words; each names what it is judged by. */
export const keptOutReasons = {
  otherDetector: (detector: string, counted: string) =>
    `was made with the detector ${detector}, and those of ${counted} count here; ` +
    'to count these, set instrument.detector or export them under another label',
  mapOf: (run: string) =>
    `shows several tiles of the run ${run} at once, so it is a map of them and no tile; ` +
    'leave it there, or export maps to a folder of watch.excludeFolders',
  inverted: (original: string) =>
    `shows what ${original} does with its contrast turned round, so it would count the same place twice; ` +
    'leave it there, or add its name to watch.exclude',
  otherMagnification: (pixelSizeNm: number, counted: number) =>
    `shows the place of the run's one tile with pixels of ${short(pixelSizeNm)} nm, and those of ${short(counted)} nm count; ` +
    'to measure this one, export it under another label or to another folder',
} as const;

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}
