import type { RunEntry } from '../../api/run.ts';
import { sampleAddress } from '../shell/api.ts';
import { countText, figureText, intervalText, momentText, verdictText } from '../shell/figures.ts';
import { type Search, searchAddress } from './search.ts';

interface Props {
  readonly runs: readonly RunEntry[];
  readonly search: Search;
}

/** The runs that were found, the latest first. */
export function RunTable({ runs, search }: Props) {
  return (
    <table class="runs">
      <caption class="hidden-visually">Samples, the latest first</caption>
      <thead>
        <tr>
          <th scope="col">Sample</th>
          <th scope="col">Last tile</th>
          <th scope="col">Verdict</th>
          <th scope="col">D50 by number, 95 % interval</th>
          <th scope="col">Particles</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((entry) => (
          <Row key={`${entry.sampleId} ${entry.run}`} entry={entry} search={search} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ entry, search }: { readonly entry: RunEntry; readonly search: Search }) {
  const { sampleId, sampleLabel, run, verdict, state, d50Um, tiles, reviewedBy } = entry;
  const label = sampleLabel || sampleId;
  const interval = d50Um && intervalText({ value: d50Um.value, low95: d50Um.low, high95: d50Um.high });
  return (
    <tr>
      <th scope="row">
        <a href={sampleAddress(sampleId, run)}>{label}</a>
        <small>
          {run}
          {sampleLabel !== '' && (
            <>
              {' · '}
              <a href={searchAddress({ ...search, trend: sampleLabel, offset: 0 })}>
                trend<span class="hidden-visually"> of {label}</span>
              </a>
            </>
          )}
        </small>
      </th>
      <td class="when">
        {momentText(entry.lastTileAt)}
        {stateText(state) !== '' && <small>{stateText(state)}</small>}
      </td>
      <td class="verdict">
        <span class={`badge ${verdict ?? ''}`}>{verdictText(verdict)}</span>
        {reviewedBy.length > 0 && <small>corrected by {reviewedBy.join(', ')}</small>}
      </td>
      <td class="size" data-name="D50">
        {d50Um ? figureText(d50Um.value, 'µm') : '–'}
        {interval !== null && <small>{interval}</small>}
      </td>
      <td class="particles" data-name="Particles">
        {countText(entry.particleCount)}
        <small>
          {tiles.expected === null
            ? `${countText(tiles.segmented)} tiles`
            : `${countText(tiles.segmented)} of ${countText(tiles.expected)} tiles`}
        </small>
      </td>
    </tr>
  );
}

function stateText(state: RunEntry['state']): string {
  return { filling: 'under way', complete: '', stalled: 'not full', finalised: 'ended on request' }[state];
}
