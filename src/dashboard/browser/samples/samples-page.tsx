import { useLocation } from 'preact-iso';
import type { RunEntry } from '../../api/run.ts';
import { counted, countText } from '../shell/figures.ts';
import { useLive } from '../shell/live.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { useResource } from '../shell/resource.ts';
import { useThrottled } from '../shell/throttled.ts';
import { Trouble } from '../shell/trouble.tsx';
import { RunTable } from './run-table.tsx';
import './samples.css';
import { isNarrowed, PAGE_LENGTH, type Search, searchAddress, searchOf, searchPath } from './search.ts';
import { SearchForm } from './search-form.tsx';
import { SetAside, type SetAsideFiles } from './set-aside.tsx';
import { Trend } from './trend.tsx';

/** At most so often is the list read anew because of events. */
const NEWS_MS = 3_000;

/** All samples: found by label, date, verdict and size; one label over time; and the files that were set aside. */
export function SamplesPage() {
  const { query, route } = useLocation();
  const search = searchOf(query);
  const { data, error, isLoading, reload } = useResource<{ runs: RunEntry[]; total: number }>(
    searchPath(search),
  );
  const setAside = useResource<SetAsideFiles>('set-aside');
  const filesApart = setAside.data?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const reloadSoon = useThrottled(reload, NEWS_MS);
  useLive((event) => {
    if (event.type === 'run') reloadSoon();
  });
  const change = (changed: Partial<Search>) =>
    route(searchAddress({ ...search, offset: 0, ...changed }), true);
  return (
    <div class="samples">
      <PageHeading title="All samples" />
      {search.trend !== '' && (
        <Trend label={search.trend} onClose={() => change({ trend: '', offset: search.offset })} />
      )}
      <section class="card" aria-label="Samples">
        <SearchForm search={search} onChange={change} />
        <Trouble error={error} onRetry={reload} />
        <div class="found faint">
          <p role="status">{data === null ? 'Looking…' : foundText(data.total, search)}</p>
          {filesApart > 0 && <a href="#set-aside">{counted(filesApart, 'file')} set aside</a>}
        </div>
        <div aria-busy={isLoading}>
          {data !== null && data.runs.length > 0 && <RunTable runs={data.runs} search={search} />}
        </div>
        {data !== null && <Paging total={data.total} search={search} />}
      </section>
      <SetAside {...setAside} />
    </div>
  );
}

function foundText(total: number, search: Search): string {
  if (total > 0) return `${counted(total, 'run')}${isNarrowed(search) ? ' found' : ''}`;
  return isNarrowed(search)
    ? 'No run is like that; take something out of the search.'
    : 'No run is kept yet: the first tile in the export folder begins one.';
}

function Paging({ total, search }: { readonly total: number; readonly search: Search }) {
  if (total <= PAGE_LENGTH && search.offset === 0) return null;
  const { offset } = search;
  const last = Math.min(total, offset + PAGE_LENGTH);
  const to = (start: number) => searchAddress({ ...search, offset: Math.max(0, start) });
  return (
    <nav class="paging" aria-label="Pages of the list">
      {offset > 0 ? <a href={to(offset - PAGE_LENGTH)}>Newer</a> : <span />}
      <span class="faint">
        {offset < total
          ? `${countText(offset + 1)} to ${countText(last)} of ${countText(total)}`
          : 'none here'}
      </span>
      {last < total ? <a href={to(offset + PAGE_LENGTH)}>Older</a> : <span />}
    </nav>
  );
}
