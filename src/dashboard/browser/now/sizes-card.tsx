import type { PrecisionPoint } from '../../api/precision.ts';
import type { RunDetail, RunEntry } from '../../api/run.ts';
import { figureText, intervalText, percentText } from '../shell/figures.ts';
import { useNarrowing } from './narrowing.ts';
import { NarrowingChart } from './narrowing-chart.tsx';
import type { NarrowingPoint } from './narrowing-domain.ts';

type Figure = NonNullable<RunEntry['d50Um']>;

const figures = ['d10', 'd50', 'd90'] as const;

/** D10, D50 and D90 with their intervals, and how these narrowed towards the target. */
export function SizesCard({ detail }: { readonly detail: RunDetail }) {
  const { entry, summary } = detail;
  const { points, error } = useNarrowing(entry);
  const target = summary?.sufficiency.targetRelativeHalfWidth ?? null;
  const isAsked = (figure: (typeof figures)[number]) =>
    summary?.sufficiency.figures.includes(figure) ?? false;
  return (
    <section class="card sizes" aria-labelledby="sizes">
      <h2 id="sizes">Sizes by number</h2>
      <div class="figures">
        {figures.map((figure) => (
          <div key={figure}>
            <h3>{figure.toUpperCase()}</h3>
            <FigureText figure={entry[`${figure}Um`]} target={isAsked(figure) ? target : null} />
            <NarrowingChart
              name={figure.toUpperCase()}
              points={pointsOf(points, figure)}
              tilesExpected={entry.tiles.expected}
              relativeHalfWidth={isAsked(figure) ? target : null}
              window={figure === 'd50' ? (summary?.decision?.target.d50Um ?? null) : null}
            />
          </div>
        ))}
      </div>
      <p class="faint">
        95 % intervals, by the tiles so far.
        {target === null ? '' : ` Dashed: the precision asked for, ±${percentText(target)}.`}
        {summary?.decision ? ' Shaded: where the D50 shall lie.' : ''}
      </p>
      {error !== null && <p class="fault">How they narrowed cannot be shown: {error.message}</p>}
    </section>
  );
}

function pointsOf(points: readonly PrecisionPoint[], figure: (typeof figures)[number]): NarrowingPoint[] {
  return points.map((point) => ({ tiles: point.tiles, ...point[`${figure}Um`] }));
}

function FigureText({ figure, target }: { readonly figure: Figure | null; readonly target: number | null }) {
  if (figure === null) return <p class="faint">not yet known</p>;
  const { value, low, high } = figure;
  const interval = intervalText({ value, low95: low, high95: high });
  const width = low === null || high === null ? null : (high - low) / 2 / value;
  const isReached = width !== null && target !== null && width <= target;
  return (
    <p class="figure">
      <strong>{figureText(value, 'µm')}</strong>
      <small>{interval ?? 'no interval yet'}</small>
      {width !== null && target !== null && (
        <small class={isReached ? 'reached' : 'open'}>
          {isReached ? '✓' : '○'} ±{percentText(width)} of ±{percentText(target)}
        </small>
      )}
    </p>
  );
}
