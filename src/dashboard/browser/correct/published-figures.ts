import type { SummaryMessage } from '../../../publish/schema/summary.ts';
import { diameterFields } from '../../../statistics/published-diameter.ts';

/** The published distribution of diameters of all particles; null without particles. */
export function publishedDiameter({ all, diameter }: SummaryMessage['statistics']) {
  return all[diameterFields[diameter ?? 'area']] ?? null;
}
