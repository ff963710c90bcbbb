import type { RunDetail } from '../../api/run.ts';
import { countText, durationText, percentText } from '../shell/figures.ts';
import { neededFor, tilesNeeded, verdictOf } from './fact-texts.ts';
import { timeLeftS } from './pace.ts';

/** What an operator looks for first: the verdict, how far it is, what is needed still. */
export function RunFacts({ detail }: { readonly detail: RunDetail }) {
  const { entry, summary } = detail;
  const { segmented, waiting, failed, leftOut, expected } = entry.tiles;
  const leftS = timeLeftS(entry);
  const needed = neededFor(summary);
  const uncertain = summary?.statistics.uncertain.count ?? null;
  const apart = [
    waiting > 0 ? `${countText(waiting)} waiting` : '',
    failed > 0 ? `${countText(failed)} failed` : '',
    leftOut > 0 ? `${countText(leftOut)} left out` : '',
  ].filter((text) => text !== '');
  return (
    <dl class="keys run-facts">
      <div>
        <dt>Verdict</dt>
        <dd>{verdictOf(summary)}</dd>
      </div>
      <div>
        <dt>Tiles measured</dt>
        <dd>
          {expected === null ? countText(segmented) : `${countText(segmented)} of ${countText(expected)}`}
          {apart.length > 0 && <small>{apart.join(', ')}</small>}
        </dd>
      </div>
      <div>
        <dt>Tiles still needed</dt>
        <dd>
          {tilesNeeded(summary)}
          {needed !== '' && <small>{needed}</small>}
        </dd>
      </div>
      {entry.state === 'filling' && (
        <div>
          <dt>Time left</dt>
          <dd>
            {leftS === null ? 'not yet known' : durationText(leftS)}
            {leftS !== null && <small>for the whole grid, at the pace so far</small>}
          </dd>
        </div>
      )}
      <div>
        <dt>Particles</dt>
        <dd>
          {countText(entry.particleCount)}
          {uncertain !== null && entry.particleCount > 0 && (
            <small>{percentText(uncertain / entry.particleCount)} uncertain</small>
          )}
        </dd>
      </div>
    </dl>
  );
}
