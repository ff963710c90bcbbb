import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { RevisionList } from '../../../api/revision.ts';
import type { RunDetail, runListSchema } from '../../../api/run.ts';
import { runPath } from '../../shell/api.ts';
import { momentText } from '../../shell/figures.ts';
import { useResource } from '../../shell/resource.ts';
import { Trouble } from '../../shell/trouble.tsx';
import { Chart } from '../charts/chart.tsx';
import { COMPARED_MAX, comparedRun } from '../selection.ts';
import { CompareTable } from './compare-table.tsx';
import { useCompared } from './compared-runs.ts';

type RunList = z.infer<typeof runListSchema>;

interface Props {
  readonly detail: RunDetail;
  readonly keys: readonly string[];
  readonly onChange: (keys: readonly string[]) => void;
}

/** Other samples and older revisions beside this one: their cumulative curves, their figures and how these differ. */
export function CompareSection({ detail, keys, onChange }: Props) {
  const compared = useCompared(keys, detail);
  const { sampleId, run, revision } = detail.entry;
  // Particles of older revisions are not kept, so these have figures and no curve.
  const curves = keys.filter((key) => comparedRun(key)?.revision === null);
  const asked = new URLSearchParams(curves.map((key) => ['with', key]));
  return (
    <section class="card compare" aria-labelledby="compare-heading">
      <h2 id="compare-heading">Compare</h2>
      <Pickers detail={detail} keys={keys} onChange={onChange} />
      {compared.length > 0 && (
        <>
          <ul class="compared">
            {compared.map(({ key, name, fault }) => (
              <li key={key}>
                {name} {fault !== '' && <span class="fault">{fault}</span>}
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Remove ${name} from the comparison`}
                  onClick={() => onChange(keys.filter((one) => one !== key))}
                >
                  Remove
                </button>
              </li>
            ))}
          </ul>
          {curves.length > 0 && (
            <Chart
              title="Cumulative curves side by side"
              path={`${runPath(sampleId, run, 'charts', 'comparison')}?${asked}`}
              revision={revision}
            />
          )}
          {detail.summary && <CompareTable here={detail.summary.statistics} compared={compared} />}
        </>
      )}
    </section>
  );
}

function Pickers({ detail, keys, onChange }: Props) {
  const { sampleId, run } = detail.entry;
  const [query, setQuery] = useState('');
  const runs = useResource<RunList>(
    `runs?${new URLSearchParams({ limit: '50', ...(query ? { query } : {}) })}`,
  );
  const revisions = useResource<RevisionList>(runPath(sampleId, run, 'revisions'));
  const add = (key: string) => {
    if (key !== '' && !keys.includes(key)) onChange([...keys, key]);
  };
  const isFull = keys.length >= COMPARED_MAX;
  const others = (runs.data?.runs ?? []).filter((one) => one.sampleId !== sampleId || one.run !== run);
  const older = (revisions.data?.revisions ?? []).filter((one) => one.revision < detail.entry.revision);
  return (
    <div class="tools">
      <label>
        Search samples
        <input type="search" value={query} onInput={({ currentTarget }) => setQuery(currentTarget.value)} />
      </label>
      <label>
        Compare with the sample
        <select
          value=""
          disabled={isFull}
          onChange={(event) => {
            add(event.currentTarget.value);
            event.currentTarget.value = '';
          }}
        >
          <option value="">{others.length === 0 ? 'none found' : 'choose …'}</option>
          {others.map((one) => (
            <option key={`${one.sampleId}/${one.run}`} value={`${one.sampleId}/${one.run}`}>
              {one.sampleLabel}, {momentText(one.lastTileAt)}
            </option>
          ))}
        </select>
      </label>
      {older.length > 0 && (
        <label>
          Or with the revision
          <select
            value=""
            disabled={isFull}
            onChange={(event) => {
              add(event.currentTarget.value);
              event.currentTarget.value = '';
            }}
          >
            <option value="">choose …</option>
            {older.map(({ revision, createdAt, reviewedBy }) => (
              <option key={revision} value={`${sampleId}/${run}@${revision}`}>
                {revision}, {momentText(createdAt)}
                {reviewedBy.length > 0 ? `, reviewed by ${reviewedBy.join(', ')}` : ''}
              </option>
            ))}
          </select>
        </label>
      )}
      {isFull && <p class="faint">No more than {COMPARED_MAX} at once.</p>}
      <Trouble error={runs.error ?? revisions.error} onRetry={runs.reload} />
    </div>
  );
}
