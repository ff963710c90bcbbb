import { studentQuantile } from '../../statistics/numeric/student-t.ts';

/** How fast files went lately, and how long the others take if they go on so. */
export interface Pace {
  /** So many are done by now; only what is done from the first call on counts. */
  note(done: number, atMs: number): void;
  /** Null while too little is known. */
  estimate(left: number): TimeLeft | null;
}

export interface TimeLeft {
  readonly secondsEach: number;
  /** Bounds of a 95 % prediction interval, in seconds. */
  readonly low95S: number;
  readonly high95S: number;
}

/** Files that were done one after another, and how long it took. */
interface Stretch {
  readonly files: number;
  readonly seconds: number;
}

/** A stretch ends with the first file that is done after so long. */
const STRETCH_MS = 5000;
/** The past counts for 20 minutes, or for so many files that take longer than a stretch. */
const STRETCHES = 240;
const LEAST_STRETCHES = 3;

/** Memory and time of an estimate do not grow with the files. */
export function createPace(): Pace {
  const stretches: Stretch[] = [];
  let since: { readonly done: number; readonly atMs: number } | null = null;
  return {
    note(done, atMs) {
      since ??= { done, atMs };
      if (done === since.done || atMs - since.atMs < STRETCH_MS) return;
      stretches.push({ files: done - since.done, seconds: (atMs - since.atMs) / 1000 });
      if (stretches.length > STRETCHES) stretches.shift();
      since = { done, atMs };
    },
    estimate: (left) => (stretches.length < LEAST_STRETCHES ? null : timeLeft(stretches, left)),
  };
}

/**
 * Ratio estimate with a prediction interval (Cochran 1977, Sampling Techniques, 2.11 and 6.3). With k stretches of n
 * files and t seconds, r = sum t / sum n is the time of a file and s^2 = sum (t - r n)^2 / (k - 1) what a stretch
 * deviates by. The files that are left fill m = left / (sum n / k) stretches more; they take r left, with the variance
 * s^2 (m^2 / k + m): that of r, times m^2, and that of the m stretches themselves. Student's t with k - 1 degrees.
 */
export function timeLeft(stretches: readonly Stretch[], left: number): TimeLeft {
  const k = stretches.length;
  const files = stretches.reduce((sum, stretch) => sum + stretch.files, 0);
  const secondsEach = stretches.reduce((sum, stretch) => sum + stretch.seconds, 0) / files;
  const squares = stretches.reduce((sum, { files: n, seconds: t }) => sum + (t - secondsEach * n) ** 2, 0);
  const more = (left * k) / files;
  const deviation = Math.sqrt((squares / (k - 1)) * (more ** 2 / k + more));
  const reach = studentQuantile(0.975, k - 1) * deviation;
  const expected = secondsEach * left;
  return { secondsEach, low95S: Math.max(0, expected - reach), high95S: expected + reach };
}
