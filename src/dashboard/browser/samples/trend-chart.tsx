import { useLocation } from 'preact-iso';
import { sampleAddress } from '../shell/api.ts';
import { counted, estimateText, figureText, momentText, settingText } from '../shell/figures.ts';
import { useWidth } from '../shell/measured-width.ts';
import { linearScale, roundTicks, type Scale } from '../shell/plot-scale.ts';
import type { TrendOfLabel, TrendPoint } from './trend-points.ts';

const HEIGHT_PX = 240;
const margin = { left: 46, right: 16, top: 10, bottom: 30 };

/** One point a run, in order; each leads to its sample. */
export function TrendChart({ points, limits }: TrendOfLabel) {
  const { ref, widthPx } = useWidth<HTMLDivElement>();
  return (
    <div ref={ref} class="trend-chart">
      {widthPx > 0 && <Drawing points={points} limits={limits} widthPx={widthPx} />}
    </div>
  );
}

function Drawing({ points, limits, widthPx }: TrendOfLabel & { readonly widthPx: number }) {
  const [right, bottom] = [widthPx - margin.right, HEIGHT_PX - margin.bottom];
  const x = linearScale([-0.5, points.length - 0.5], [margin.left, right]);
  const y = linearScale(domainOf(points, limits), [bottom, margin.top]);
  const line = points.map(({ value }, i) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('L');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing with links in it, whose group has a name.
    <svg width={widthPx} height={HEIGHT_PX} role="group" aria-label={chartText(points, limits)}>
      <g class="axes">
        {roundTicks(y.domain, 5).map((tick) => (
          <g key={tick}>
            <line x1={margin.left} x2={right} y1={y(tick)} y2={y(tick)} />
            <text x={margin.left - 6} y={y(tick) + 4} text-anchor="end">
              {settingText(tick)}
            </text>
          </g>
        ))}
        <Dates points={points} x={x} atPx={bottom + 20} widthPx={right - margin.left} />
      </g>
      {limits && (
        <>
          <line class="centre" x1={margin.left} x2={right} y1={y(limits.centre)} y2={y(limits.centre)} />
          <line class="limit" x1={margin.left} x2={right} y1={y(limits.low)} y2={y(limits.low)} />
          <line class="limit" x1={margin.left} x2={right} y1={y(limits.high)} y2={y(limits.high)} />
        </>
      )}
      <path class="course" d={`M${line}`} />
      {points.map((point, i) => (
        <Point key={`${point.entry.sampleId} ${point.entry.run}`} point={point} atPx={x(i)} y={y} />
      ))}
    </svg>
  );
}

function Point({ point, atPx, y }: { readonly point: TrendPoint; readonly atPx: number; readonly y: Scale }) {
  const { route } = useLocation();
  const { entry, value, low, high, isOutside } = point;
  const address = sampleAddress(entry.sampleId, entry.run);
  const size = estimateText({ value, low95: low, high95: high }, 'µm');
  const text = `${momentText(entry.lastTileAt)}: ${size}${isOutside ? ', outside the limits' : ''}`;
  return (
    <a
      href={address}
      aria-label={text}
      onClick={(event) => {
        // Links in drawings are not followed within the page by themselves.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        route(address);
      }}
    >
      <title>{text}</title>
      {low !== null && high !== null && (
        <line class="interval" x1={atPx} x2={atPx} y1={y(low)} y2={y(high)} />
      )}
      {isOutside ? (
        <path class="outside" d={`M${atPx} ${y(value) - 7}l6 7l-6 7l-6 -7Z`} />
      ) : (
        <circle cx={atPx} cy={y(value)} r="4" />
      )}
      <rect class="target" x={atPx - 9} y={y(value) - 12} width="18" height="24" />
    </a>
  );
}

const DATE_WIDTH_PX = 96;
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: '2-digit' });

/** As many dates as fit, the newest always. */
function Dates(props: {
  readonly points: readonly TrendPoint[];
  readonly x: Scale;
  readonly atPx: number;
  readonly widthPx: number;
}) {
  const { points, x, atPx, widthPx } = props;
  const every = Math.max(1, Math.ceil((points.length * DATE_WIDTH_PX) / widthPx));
  return (
    <>
      {points.map(({ entry }, i) =>
        (points.length - 1 - i) % every === 0 ? (
          <text
            key={entry.run}
            x={Math.max(DATE_WIDTH_PX / 2 - 8, Math.min(margin.left + widthPx - DATE_WIDTH_PX / 3, x(i)))}
            y={atPx}
            text-anchor="middle"
          >
            {day.format(new Date(entry.lastTileAt)).replace('Sept', 'Sep')}
          </text>
        ) : null,
      )}
    </>
  );
}

function domainOf(points: readonly TrendPoint[], limits: TrendOfLabel['limits']): [number, number] {
  const values = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const all = limits === null ? values : [...values, limits.low, limits.high];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = 0.08 * (high - low) || 0.05 * high;
  return [Math.max(0, low - room), high + room];
}

function chartText(points: readonly TrendPoint[], limits: TrendOfLabel['limits']): string {
  const latest = points.at(-1);
  const mean = limits === null ? '' : `, mean ${figureText(limits.centre, 'µm')}`;
  return `D50 of ${counted(points.length, 'run')}, the oldest first${mean}${latest ? `, the latest ${figureText(latest.value, 'µm')}` : ''}.`;
}
