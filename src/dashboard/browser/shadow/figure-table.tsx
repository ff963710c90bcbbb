import type { ShadowComparison } from '../../api/shadow.ts';
import { figureWords } from '../../shadow/figure-words.ts';
import { counted, countText } from '../shell/figures.ts';

interface Props {
  readonly comparison: ShadowComparison;
  /** Of what, in words: a page may have two. */
  readonly of: string;
}

/** How each figure would move if the shadow served, and how many pieces which model found. */
export function FigureTable({ comparison, of }: Props) {
  const { tiles, pieces, matchedBy, figures, failures, meanDurationMs } = comparison;
  const rest = [
    tiles.leftOut > 0 ? `${countText(tiles.leftOut)} left out for their imaging` : '',
    tiles.waiting > 0 ? `${countText(tiles.waiting)} waiting` : '',
    tiles.failed > 0 ? `${countText(tiles.failed)} given up` : '',
  ].filter((text) => text !== '');
  const took =
    meanDurationMs === null ? '' : ` The shadow takes ${(meanDurationMs / 1000).toFixed(1)} s a tile.`;
  return (
    <>
      <p>
        {[`${counted(tiles.compared, 'tile')} compared`, ...rest].join(', ')}. Of their pieces,{' '}
        {countText(pieces.matched)} are in both ({matchedBy} that share half of what they cover),{' '}
        {countText(pieces.onlyServing)} only in the serving model, {countText(pieces.onlyShadow)} only in the
        shadow.{took}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section class="wide" tabIndex={0} aria-label={`How figures would move: ${of}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">Serving</th>
              <th scope="col">Shadow</th>
              <th scope="col">Difference</th>
              <th scope="col">95 % interval</th>
            </tr>
          </thead>
          <tbody>
            {figures
              .map(figureWords)
              .map(({ title, serving, shadow, difference, relative, interval, moves }) => (
                <tr key={title} class={moves ? 'moves' : undefined}>
                  <th scope="row">{title}</th>
                  <td>{serving}</td>
                  <td>{shadow}</td>
                  <td>
                    {difference} {relative && <small>{relative}</small>}
                  </td>
                  <td>
                    {interval || '-'} {moves && <small>would move</small>}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
      <p class="faint">
        Of pieces that no border cuts, in the compared tiles alone: not the published figures of a sample. The
        interval is of the difference, with tiles drawn again and again, each with what both models found in
        it.
      </p>
      {failures.length > 0 && (
        <ul class="faint">
          {failures.map(({ tile, reason }) => (
            <li key={tile}>
              {tile}: {reason}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
