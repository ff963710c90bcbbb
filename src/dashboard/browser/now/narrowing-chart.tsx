import { useId } from 'preact/hooks';
import { counted, estimateText, percentText, settingText } from '../shell/figures.ts';
import { useWidth } from '../shell/measured-width.ts';
import { linearScale, roundTicks, type Scale } from '../shell/plot-scale.ts';
import { type NarrowingPoint, narrowingDomain } from './narrowing-domain.ts';

interface Props {
  readonly name: string;
  readonly points: readonly NarrowingPoint[];
  readonly tilesExpected: number | null;
  /** The precision asked for; null where none is asked for of this figure. */
  readonly relativeHalfWidth: number | null;
  /** Where the figure shall lie, in µm. */
  readonly window: { readonly min: number; readonly max: number } | null;
}

const HEIGHT_PX = 150;
const margin = { left: 40, right: 8, top: 8, bottom: 34 };

/** How a figure's interval narrowed as tiles came, against what is asked for. */
export function NarrowingChart(props: Props) {
  const { ref, widthPx } = useWidth<HTMLDivElement>();
  const { points } = props;
  return (
    <div ref={ref} class="narrowing">
      {widthPx > 0 && points.length > 0 && <Drawing {...props} widthPx={widthPx} />}
    </div>
  );
}

function Drawing({
  name,
  points,
  tilesExpected,
  relativeHalfWidth,
  window,
  widthPx,
}: Props & { readonly widthPx: number }) {
  const clip = useId();
  const lastTiles = points.at(-1)?.tiles ?? 1;
  const [right, bottom] = [widthPx - margin.right, HEIGHT_PX - margin.bottom];
  const x = linearScale([0, lastShown(lastTiles, tilesExpected)], [margin.left, right]);
  const y = linearScale(narrowingDomain(points, relativeHalfWidth, window), [bottom, margin.top]);
  return (
    <svg
      width={widthPx}
      height={HEIGHT_PX}
      role="img"
      aria-label={chartText(name, points, relativeHalfWidth, window)}
    >
      <clipPath id={clip}>
        <rect x={margin.left} y={margin.top} width={right - margin.left} height={bottom - margin.top} />
      </clipPath>
      <Axes x={x} y={y} />
      <g clip-path={`url(#${clip})`}>
        {window && (
          <rect
            class="window"
            x={margin.left}
            width={right - margin.left}
            y={y(window.max)}
            height={Math.max(0, y(window.min) - y(window.max))}
          />
        )}
        <path class="interval" d={bandPath(points, x, y)} />
        <path class="value" d={linePath(points, x, y)} />
        <TargetLines points={points} relativeHalfWidth={relativeHalfWidth} x={x} y={y} />
      </g>
    </svg>
  );
}

/** Room for what is to come, without pressing what is there against the axis. */
function lastShown(lastTiles: number, tilesExpected: number | null): number {
  return Math.max(2, lastTiles, Math.min(tilesExpected ?? 0, Math.max(10, 1.6 * lastTiles)));
}

function Axes({ x, y }: { readonly x: Scale; readonly y: Scale }) {
  const [left, right] = [x(x.domain[0]), x(x.domain[1])];
  const bottom = y(y.domain[0]);
  return (
    <g class="axes">
      {roundTicks(y.domain, 4).map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick) + 4} text-anchor="end">
            {settingText(tick)}
          </text>
        </g>
      ))}
      {roundTicks(x.domain, 4)
        .filter((tick) => Number.isInteger(tick))
        .map((tick) => (
          <text key={tick} x={x(tick)} y={bottom + 15} text-anchor="middle">
            {tick}
          </text>
        ))}
      <text x={right} y={bottom + 30} text-anchor="end">
        tiles
      </text>
    </g>
  );
}

/** The interval that would be narrow enough, around the latest figure. */
function TargetLines({
  points,
  relativeHalfWidth,
  x,
  y,
}: Pick<Props, 'points' | 'relativeHalfWidth'> & { x: Scale; y: Scale }) {
  const value = points.at(-1)?.value;
  if (relativeHalfWidth === null || value === undefined) return null;
  return (
    <>
      {[1 - relativeHalfWidth, 1 + relativeHalfWidth].map((factor) => (
        <line
          key={factor}
          class="asked"
          x1={x(x.domain[0])}
          x2={x(x.domain[1])}
          y1={y(factor * value)}
          y2={y(factor * value)}
        />
      ))}
    </>
  );
}

function linePath(points: readonly NarrowingPoint[], x: Scale, y: Scale): string {
  return `M${points.map(({ tiles, value }) => `${x(tiles).toFixed(1)} ${y(value).toFixed(1)}`).join('L')}`;
}

function bandPath(points: readonly NarrowingPoint[], x: Scale, y: Scale): string {
  const known = points.flatMap(({ tiles, low, high }) =>
    low === null || high === null ? [] : [{ tiles, low, high }],
  );
  if (known.length === 0) return '';
  const corner = (tiles: number, value: number) => `${x(tiles).toFixed(1)} ${y(value).toFixed(1)}`;
  const upper = known.map(({ tiles, high }) => corner(tiles, high));
  const lower = known.map(({ tiles, low }) => corner(tiles, low)).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
}

function chartText(
  name: string,
  points: readonly NarrowingPoint[],
  relativeHalfWidth: number | null,
  window: Props['window'],
): string {
  const latest = points.at(-1);
  if (!latest) return name;
  const said = estimateText({ value: latest.value, low95: latest.low, high95: latest.high }, 'µm');
  const asked = relativeHalfWidth === null ? '' : `; asked for ±${percentText(relativeHalfWidth)}`;
  const lies =
    window === null
      ? ''
      : `; shall lie between ${settingText(window.min)} and ${settingText(window.max, 'µm')}`;
  return `${name} over tiles: ${said} from ${counted(latest.tiles, 'tile')}${asked}${lies}.`;
}
