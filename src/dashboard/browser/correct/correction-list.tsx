import type { Correction } from '../../api/correction.ts';
import { momentText } from '../shell/figures.ts';
import type { Desk } from './desk.ts';
import { changeText } from './words.ts';

/** What was said of the tile, the latest first, and how each is taken back. */
export function CorrectionList({ desk }: { readonly desk: Desk }) {
  const corrections = desk.record.corrections.value.toSorted((a, b) => b.id - a.id);
  return (
    <section class="card" aria-labelledby="corrections-of-tile">
      <h2 id="corrections-of-tile">Corrections of this tile</h2>
      {corrections.length === 0 && <p class="faint">None yet.</p>}
      <ol class="corrections">
        {corrections.map((correction) => (
          <li key={correction.id} class={stateOf(correction)}>
            <span class="what">{changeText(correction.change)}</span>
            <small>
              {correction.reviewer}, <time dateTime={correction.at}>{momentText(correction.at)}</time>
              {stateText(correction)}
            </small>
            {stateOf(correction) === 'standing' && (
              <button
                type="button"
                class="quiet"
                disabled={desk.isBusy.value}
                aria-label={`Undo: ${changeText(correction.change)}`}
                onClick={() => desk.undo(correction.id)}
              >
                Undo
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function stateOf({ undone, stale }: Correction): 'undone' | 'stale' | 'standing' {
  if (undone) return 'undone';
  return stale ? 'stale' : 'standing';
}

function stateText(correction: Correction): string {
  const state = stateOf(correction);
  if (state === 'undone') return '; undone';
  if (state === 'stale') return '; stale: the tile was segmented anew since, so it no longer counts';
  const { appliedInRevision } = correction;
  return appliedInRevision === null ? '; not counted yet' : `; counted in revision ${appliedInRevision}`;
}
