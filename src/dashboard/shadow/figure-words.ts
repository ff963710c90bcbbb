/** How moved figures are written, in a terminal and on the page: pure, for both. */
import { percentText } from '../../report/figure-text.ts';
import { countText, figureDigits, placesOf, toPlaces } from '../../statistics/numeric/figure-digits.ts';
import type { MovedFigure, MovedFigureName } from '../../statistics/shadow/moved-figures.ts';

type Form = 'count' | 'share' | 'µm' | 'µm²';

const figures: Readonly<Record<MovedFigureName, { readonly title: string; readonly form: Form }>> = {
  count: { title: 'Pieces', form: 'count' },
  uncertainShare: { title: 'Uncertain share', form: 'share' },
  areaMeanUm2: { title: 'Mean area', form: 'µm²' },
  diameterD10Um: { title: 'D10', form: 'µm' },
  diameterD50Um: { title: 'D50', form: 'µm' },
  diameterD90Um: { title: 'D90', form: 'µm' },
};

/** One figure in words. */
export interface FigureWords {
  readonly title: string;
  readonly serving: string;
  readonly shadow: string;
  /** Signed, with its unit; `-` where there is none. */
  readonly difference: string;
  /** `+0.05 to +0.27`; empty where there is none. */
  readonly interval: string;
  /** Relative to the serving figure, signed; empty for shares and where there is none. */
  readonly relative: string;
  /** Whether the interval leaves out 0; null without one. */
  readonly moves: boolean | null;
}

export function figureWords({ figure, serving, shadow, difference }: MovedFigure): FigureWords {
  const { title, form } = figures[figure];
  const signed = (value: number): string => signedText(value, form, serving ?? value);
  const { value, low95, high95 } = difference ?? { value: null, low95: null, high95: null };
  const bounds = low95 === null || high95 === null ? null : { low95, high95 };
  const unit = form === 'µm' || form === 'µm²' ? ` ${form}` : '';
  return {
    title,
    serving: valueText(serving, form),
    shadow: valueText(shadow, form),
    difference: value === null ? '-' : `${signed(value)}${unit}`,
    // The unit once, after the upper bound.
    interval: bounds ? `${signed(bounds.low95).split(' ')[0]} to ${signed(bounds.high95)}` : '',
    relative: value === null || form === 'share' || !serving ? '' : signedShare(value / serving, '%'),
    moves: bounds && (bounds.low95 > 0 || bounds.high95 < 0),
  };
}

function valueText(value: number | null, form: Form): string {
  if (value === null) return '-';
  if (form === 'count') return countText(value);
  return form === 'share' ? percentText(value) : `${figureDigits(value)} ${form}`;
}

/** With as many places as the figure beside it has, so that they can be added. */
function signedText(value: number, form: Form, beside: number): string {
  if (form === 'share') return signedShare(value, 'points');
  const text = form === 'count' ? toPlaces(value, 0) : toPlaces(value, placesOf(beside));
  return withSign(value, text);
}

function signedShare(value: number, unit: '%' | 'points'): string {
  return `${withSign(value, toPlaces(100 * value, 1))} ${unit}`;
}

function withSign(value: number, text: string): string {
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
