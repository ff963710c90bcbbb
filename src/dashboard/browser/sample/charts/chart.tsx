import { useEffect, useRef, useState } from 'preact/hooks';
import type { VisualizationSpec } from 'vega-embed';
import type { ChartAnswer, ChartReply } from '../../../api/chart.ts';
import { useResource } from '../../shell/resource.ts';
import { theme } from '../../shell/theme.ts';
import { Trouble } from '../../shell/trouble.tsx';
import { type Brushing, BrushLayer } from './brush-layer.tsx';

interface Props {
  readonly title: string;
  /** Of the API, without theme and width. */
  readonly path: string;
  /** Changes when the chart is to be read anew. */
  readonly revision: number;
  /** Absent where no range can be chosen in it. */
  readonly brushing?: Brushing;
}

/** A chart of the report as wide as there is room, drawn by the browser, in which a range of sizes can be brushed. */
export function Chart({ title, path, revision, brushing }: Props) {
  const figure = useRef<HTMLElement>(null);
  const [widthPx, setWidthPx] = useState<number | null>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      // In steps, so that a window that is dragged larger does not ask for each of its widths.
      const room = Math.floor((entry?.contentRect.width ?? 0) / 20) * 20;
      if (room > 0) setWidthPx(Math.min(1_000, Math.max(280, room)));
    });
    watch.observe(figure.current!);
    return () => watch.disconnect();
  }, []);
  const joint = path.includes('?') ? '&' : '?';
  const asked = `${path}${joint}theme=${theme.value}&widthPx=${widthPx}`;
  const { data, error, reload } = useResource<ChartReply>(widthPx === null ? null : asked);
  // Another revision has other figures.
  useEffect(() => {
    if (data) reload();
  }, [revision]);
  return (
    <figure class="chart" ref={figure}>
      <Trouble error={error} onRetry={reload} />
      {data?.chart && <Drawn chart={data.chart} title={title} {...(brushing ? { brushing } : {})} />}
      {data && !data.chart && <p>{data.reason}</p>}
    </figure>
  );
}

function Drawn({ chart, title, brushing }: { chart: ChartAnswer; title: string; brushing?: Brushing }) {
  const host = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState('');
  const { plotWidthPx, plotHeightPx, paddingPx, alt } = chart;
  const widthPx = plotWidthPx + paddingPx.left + paddingPx.right;
  const heightPx = plotHeightPx + paddingPx.top + paddingPx.bottom;
  useEffect(() => {
    let end: (() => void) | null = null;
    let isGone = false;
    draw(host.current!, chart).then(
      (finalize) => {
        if (isGone) finalize();
        else end = finalize;
      },
      (error: unknown) => setFault(`The chart cannot be drawn: ${String(error)}.`),
    );
    return () => {
      isGone = true;
      end?.();
    };
  }, [chart]);
  return (
    <>
      <div class="plots" style={{ width: `${widthPx}px`, height: `${heightPx}px` }}>
        <div ref={host} role="img" aria-label={`${title}. ${alt}`} />
        {brushing && (
          <BrushLayer
            brushing={brushing}
            axis={{ ...chart.sizes, leftPx: paddingPx.left, widthPx: plotWidthPx }}
            heightPx={heightPx}
          />
        )}
      </div>
      {fault !== '' && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}

/** As the report's charts are written. */
const letters = ['400 12px Inter', '600 12px Inter'];
/** Vega's word for errors alone: it warns of a plot without uncertain particles, too. */
const ERRORS = 1;

/** Draws without turning any text into code, which the page's policy forbids. */
async function draw(host: HTMLElement, chart: ChartAnswer): Promise<() => void> {
  const [{ default: embed }, { expressionInterpreter }] = await Promise.all([
    import('vega-embed'),
    import('vega-interpreter'),
    // Places of labels are reckoned with its letters; without it another typeface does.
    ...letters.map((font) => document.fonts.load(font).catch(() => [])),
  ]);
  const { plotWidthPx: width, plotHeightPx: height, paddingPx: padding } = chart;
  const { finalize } = await embed(host, structuredClone(chart.spec) as VisualizationSpec, {
    mode: 'vega-lite',
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    renderer: 'canvas',
    // Rules of style of its own the page's policy forbids, too.
    defaultStyle: false,
    tooltip: false,
    logLevel: ERRORS,
    patch: (compiled) => ({ ...compiled, autosize: 'none', width, height, padding }),
  });
  return finalize;
}
