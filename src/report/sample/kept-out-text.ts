import { counted, countText } from '../figure-text.ts';
import type { SampleSummary } from './sample-summary.ts';

const causes = {
  'other-detector': 'of another detector than the tiles',
  map: 'of several tiles at once',
  inverted: 'with the contrast of a tile turned round',
  'other-magnification': 'of the one place at another magnification',
} as const;

/** Which images of the sample are none of its tiles, a sentence for each cause. */
export function keptOutTexts({ setAside = [] }: SampleSummary): string[] {
  return setAside.map(({ code, count, files }) => {
    const rest = count - files.length;
    const names = [...files, ...(rest > 0 ? [`${countText(rest)} more`] : [])];
    return `Set aside, ${counted(count, 'image')} ${causes[code]}: ${names.join(', ')}.`;
  });
}
