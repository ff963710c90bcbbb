/** How numbers, times and verdicts are written: as in reports and mails. */
import { counted } from '../../../statistics/numeric/figure-digits.ts';

export {
  counted,
  countText,
  estimateText,
  figureText,
  intervalText,
  percentText,
  settingText,
} from '../../../report/figure-text.ts';

const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `23 Nov 2026, 05:12` of the reader's clock. */
export function momentText(at: string): string {
  return moment.format(new Date(at)).replace('Sept', 'Sep');
}

/** `about 3 minutes`, `about 1 hour 20 minutes`: as a person would say it. */
export function durationText(durationS: number): string {
  const minutes = Math.round(durationS / 60);
  if (durationS < 45) return 'less than a minute';
  if (minutes < 60) return `about ${counted(Math.max(1, minutes), 'minute')}`;
  const coarse = minutes < 600 ? 5 * Math.round(minutes / 5) : 60 * Math.round(minutes / 60);
  const [hours, rest] = [Math.floor(coarse / 60), coarse % 60];
  return `about ${counted(hours, 'hour')}${rest > 0 ? ` ${rest} minutes` : ''}`;
}

/** A verdict in a word or two. */
export function verdictText(verdict: string | null): string {
  const words: Readonly<Record<string, string>> = {
    accept: 'Accept',
    reject: 'Reject',
    'more-tiles': 'More tiles needed',
    reimage: 'Image again',
  };
  return verdict === null ? 'No target' : (words[verdict] ?? verdict);
}
