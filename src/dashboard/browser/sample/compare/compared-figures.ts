import type { SummaryMessage } from '../../../../publish/schema/summary.ts';
import { type FigureUnit, percentText } from '../../../../report/figure-text.ts';
import { differenceOf } from '../../../../statistics/numeric/difference-interval.ts';
import { placesOf, toPlaces } from '../../../../statistics/numeric/figure-digits.ts';
import { sizesOf } from '../../../../statistics/published-sizes.ts';
import type { Estimate } from '../../../../statistics/size-statistics.ts';

export type ComparedStatistics = SummaryMessage['statistics'];

/** Figures that are compared, of one run. */
interface ComparedFigure {
  readonly name: string;
  readonly unit: FigureUnit;
  readonly of: (statistics: ComparedStatistics) => Estimate | undefined;
}

const percentiles = ['d10', 'd50', 'd90'] as const;

export const comparedFigures: readonly ComparedFigure[] = [
  ...percentiles.map((name) => ({
    name: `${name.toUpperCase()} by number`,
    unit: 'µm' as const,
    of: ({ all }: ComparedStatistics) => sizesOf(all)?.[name],
  })),
  { name: 'Mean, D[1,0]', unit: 'µm', of: ({ all }) => sizesOf(all)?.mean },
  ...percentiles.map((name) => ({
    name: `${name.toUpperCase()} by volume`,
    unit: 'µm' as const,
    of: ({ all }: ComparedStatistics) => all.diameterByVolumeUm?.[name],
  })),
  { name: 'Median circularity', unit: '', of: ({ shape }) => shape?.all.circularity?.d50 },
  { name: 'Median aspect ratio', unit: '', of: ({ shape }) => shape?.all.aspectRatio?.d50 },
];

/** How another run's figure stands to this one's. */
export interface Difference {
  readonly difference: Estimate;
  /** Of this run's figure; null where that is 0. */
  readonly relative: number | null;
  /** Whether the interval of the difference leaves zero out; null where there is no interval. */
  readonly isClear: boolean | null;
}

/**
 * @param areApart whether both rest on tiles of their own; revisions of one run share theirs, so that no interval of the
 * difference can be told from those of the figures
 */
export function differenceFrom(here: Estimate, other: Estimate, areApart: boolean): Difference {
  const difference = areApart
    ? differenceOf(other, here)
    : { value: other.value - here.value, low95: null, high95: null };
  const { low95, high95 } = difference;
  return {
    difference,
    relative: here.value === 0 ? null : difference.value / here.value,
    isClear: low95 === null || high95 === null ? null : low95 > 0 || high95 < 0,
  };
}

/** The difference and its interval in words, with as many places as this run's figure has, so that they can be added. */
export function gapText(
  { difference: { value, low95, high95 }, relative }: Difference,
  here: Estimate,
  unit: FigureUnit,
): { readonly difference: string; readonly interval: string } {
  const places = placesOf(here.value);
  const signed = (of: number) => {
    const text = toPlaces(of, places);
    return of > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  };
  const share = relative === null ? '' : `, ${relative < 0 ? '−' : '+'}${percentText(Math.abs(relative))}`;
  return {
    difference: `${signed(value)}${unit === '' ? '' : ` ${unit}`}${share}`,
    interval: low95 === null || high95 === null ? '' : ` (${signed(low95)} to ${signed(high95)})`,
  };
}
