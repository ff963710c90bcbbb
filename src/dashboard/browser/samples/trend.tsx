import { useEffect, useRef } from 'preact/hooks';
import type { RunEntry } from '../../api/run.ts';
import { counted, figureText, settingText } from '../shell/figures.ts';
import { useResource } from '../shell/resource.ts';
import { Trouble } from '../shell/trouble.tsx';
import { TrendChart } from './trend-chart.tsx';
import { trendOf } from './trend-points.ts';

interface Props {
  readonly label: string;
  readonly onClose: () => void;
}

/** More runs than this are not told apart in a chart; the latest are shown. */
const RUNS_MAX = 200;

/** The D50 of one label over time, with the limits within which it varies by itself. */
export function Trend({ label, onClose }: Props) {
  const path = `runs?${new URLSearchParams({ query: label.slice(0, 200), limit: String(RUNS_MAX) })}`;
  const { data, error, reload } = useResource<{ runs: RunEntry[]; total: number }>(path);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'nearest' });
    // Asked for by a link of the list; a page that is opened with it takes no focus.
    if (document.activeElement !== document.body) heading.current?.focus({ preventScroll: true });
  }, [label]);
  const { points, limits } = trendOf(label, data?.runs ?? []);
  const outside = points.filter(({ isOutside }) => isOutside);
  return (
    <section class="card trend" aria-labelledby="trend">
      <div class="title">
        <h2 id="trend" ref={heading} tabIndex={-1}>
          D50 of {label} over time
        </h2>
        <button type="button" class="quiet" onClick={onClose}>
          Close<span class="hidden-visually"> the trend</span>
        </button>
      </div>
      <Trouble error={error} onRetry={reload} />
      {points.length > 0 && <TrendChart points={points} limits={limits} />}
      {data !== null && points.length === 0 && <p>No run of this label has ended with a D50 yet.</p>}
      {points.length > 0 && (
        <p class="faint">
          {limits === null
            ? `${counted(points.length, 'run')}: from three on, limits tell what is usual.`
            : `${counted(points.length, 'run')}, mean ${figureText(limits.centre, 'µm')}; the limits ${settingText(limits.low)} to ${settingText(limits.high, 'µm')} are 3 sigma by the change from one run to the next. ${outside.length === 0 ? 'None lies outside.' : `${counted(outside.length, 'run lies', 'runs lie')} outside (◆).`}`}
          {data !== null &&
            data.total > RUNS_MAX &&
            ` Only the latest ${RUNS_MAX} runs of labels like this were looked at.`}
        </p>
      )}
    </section>
  );
}
