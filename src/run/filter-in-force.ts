import { readFilter } from '../config/particle-filter.ts';
import type { Config } from '../config/schema.ts';
import type { FilterInForce } from '../statistics/published-statistics.ts';
import type { StoredRun } from '../store/runs.ts';

/** The filter of a run: its own, where a controller named one or none, before the configured one; null: all particles count. */
export function filterInForce(
  run: Pick<StoredRun, 'analysis'> | undefined,
  { filter: configured }: Pick<Config['statistics'], 'filter'>,
): FilterInForce | null {
  const own = run?.analysis?.filter;
  const text = own === undefined ? configured : own;
  if (text === null) return null;
  return { filter: readFilter(text), from: own === undefined ? 'configuration' : 'request' };
}
