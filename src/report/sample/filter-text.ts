import { asksForOutline, readFilter } from '../../config/particle-filter.ts';
import type { ComparedFigures } from '../../statistics/size-statistics.ts';
import { diameterNames } from '../diameter-names.ts';
import { counted, countText, estimateText, percentText } from '../figure-text.ts';
import type { SampleSummary } from './sample-summary.ts';

/** Which particles count, and how many do not; null where all do. */
export function filterText({ statistics: { filter } }: SampleSummary): string | null {
  if (!filter) return null;
  const { expression, from, particlesLeftOut, unfiltered } = filter;
  const asked = from === 'request' ? ', as a command asked' : '';
  const share = unfiltered.count === 0 ? '' : ` (${percentText(particlesLeftOut / unfiltered.count)})`;
  return `Only particles with ${expression} count${asked}: ${countText(particlesLeftOut)} of ${counted(unfiltered.count, 'particle')}${share} are left out.`;
}

/** The figures that there would be without the filter; null where there is none, or nothing to count. */
export function unfilteredText({ statistics: { filter } }: SampleSummary): string | null {
  const figures = filter && comparedText(filter.unfiltered);
  return figures ? `Without the filter: ${figures}.` : null;
}

/** D10 to D90 and the mean of figures that others are held against; null where there was nothing to count. */
export function comparedText({ diameterUm: sizes }: ComparedFigures): string | null {
  if (sizes === null) return null;
  return (['d10', 'd50', 'd90', 'mean'] as const)
    .map((name) => `${name === 'mean' ? 'mean' : name.toUpperCase()} ${estimateText(sizes[name], 'µm')}`)
    .join(', ');
}

/** What the diameter is, where it is not the usual one. */
export function diameterText({ statistics: { diameter = 'area' } }: SampleSummary): string | null {
  if (diameter === 'area') return null;
  const { name, symbol } = diameterNames[diameter];
  return `A diameter here is the ${name} (${symbol} of ISO 9276-6): D10, D50, D90, means and the verdict are of it.`;
}

/** That sizes rest on whole particles alone; null where they do not. */
export function wholeText({ statistics }: SampleSummary): string | null {
  const { diameter = 'area', filter, border } = statistics;
  const needsOutline = diameter !== 'area' || (filter && asksForOutline(readFilter(filter.expression)));
  if (!needsOutline || border.method !== 'weight') return null;
  return 'As the outline of a particle that is put together from pieces is not known, those that one tile shows whole count, each with the inverse of its chance to be.';
}
