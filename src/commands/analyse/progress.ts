import { Presets, SingleBar } from 'cli-progress';
import { countText, figureDigits, toPlaces } from '../../statistics/numeric/figure-digits.ts';
import { createPace, type TimeLeft } from './pace.ts';

/** How far the analysis of a folder is. */
export interface FilesSoFar {
  readonly all: number;
  /** Segmented, given up, set aside or left alone; now or by an earlier analysis. */
  readonly done: number;
  /** Of these, by an earlier analysis: they took no time now. */
  readonly doneBefore: number;
  /** Those that are not done and that no earlier analysis has done. */
  readonly left: number;
  readonly setAside: number;
}

/** Tells how far it is: a bar at a terminal, elsewhere a line now and then. */
export interface Progress {
  show(now: FilesSoFar): void;
  stop(): void;
}

/** Where there is no terminal a line comes so often; the first one sooner. */
const LINE_MS = 60_000;
const FIRST_LINE_MS = 20_000;

export function createProgress(
  out: NodeJS.WriteStream,
  nowMs: () => number = () => performance.now(),
): Progress {
  const pace = createPace();
  const bar = out.isTTY
    ? new SingleBar({ format: '{bar} {text}', stream: out }, Presets.shades_classic)
    : null;
  let begun = false;
  let nextLineMs = nowMs() + FIRST_LINE_MS;
  return {
    show(now) {
      pace.note(now.done - now.doneBefore, nowMs());
      const text = progressText(now, pace.estimate(now.left));
      if (bar) {
        if (begun) bar.update(now.done, { text });
        else bar.start(now.all, now.done, { text });
        begun = true;
      } else if (nowMs() >= nextLineMs) {
        out.write(`${text}\n`);
        nextLineMs = nowMs() + LINE_MS;
      }
    },
    stop: () => bar?.stop(),
  };
}

/** `1,204 of 10,000 files (12 %), 2.13 s a file, 5.1 to 5.6 h left, 3 set aside` */
export function progressText({ all, done, left, setAside }: FilesSoFar, estimate: TimeLeft | null): string {
  // Never 100 % before the last one.
  const share = all === 0 ? 100 : Math.floor((100 * done) / all);
  return [
    `${countText(done)} of ${countText(all)} files (${share} %)`,
    ...(estimate ? [`${figureDigits(estimate.secondsEach)} s a file`] : []),
    ...(left > 0 ? [estimate ? `${spanText(estimate)} left` : 'time left not known yet'] : []),
    ...(done === all ? ['results are written'] : []),
    ...(setAside > 0 ? [`${countText(setAside)} set aside`] : []),
  ].join(', ');
}

/** A unit serves up to so many seconds. */
const UNITS = [
  { name: 's', seconds: 1, below: 100 },
  { name: 'min', seconds: 60, below: 100 * 60 },
  { name: 'h', seconds: 3600, below: 48 * 3600 },
  { name: 'days', seconds: 86_400, below: Number.POSITIVE_INFINITY },
] as const;

function spanText({ low95S, high95S }: TimeLeft): string {
  const unit = UNITS.find(({ below }) => high95S < below) ?? UNITS[3];
  const places = unit.name !== 's' && high95S / unit.seconds < 10 ? 1 : 0;
  const [low, high] = [low95S, high95S].map((seconds) => toPlaces(seconds / unit.seconds, places));
  if (Number(low) === 0) return `at most ${high} ${unit.name}`;
  return low === high ? `about ${high} ${unit.name}` : `${low} to ${high} ${unit.name}`;
}
