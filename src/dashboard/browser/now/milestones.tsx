import { useRef } from 'preact/hooks';
import type { RunDetail } from '../../api/run.ts';
import { counted, countText, estimateText, verdictText } from '../shell/figures.ts';

const SHARE_STEP = 0.1;

/** Tells a screen reader of every tenth of the tiles, of another verdict and of the end, not of every tile. */
export function Milestones({ detail }: { readonly detail: RunDetail }) {
  const last = useRef<{ step: string; text: string }>(null);
  const step = stepOf(detail);
  // What was there when the page was opened stands in the page; it is not announced.
  last.current ??= { step, text: '' };
  if (last.current.step !== step) last.current = { step, text: milestoneText(detail) };
  return (
    <p class="hidden-visually" role="status">
      {last.current.text}
    </p>
  );
}

function stepOf({ entry }: RunDetail): string {
  const { segmented, failed, leftOut, expected } = entry.tiles;
  const done = expected === null ? 0 : Math.floor((segmented + failed + leftOut) / expected / SHARE_STEP);
  return `${entry.sampleId} ${entry.run} ${entry.state} ${entry.verdict} ${done}`;
}

function milestoneText({ entry }: RunDetail): string {
  const { segmented, expected } = entry.tiles;
  const tiles =
    expected === null
      ? counted(segmented, 'tile')
      : `${countText(segmented)} of ${counted(expected, 'tile')}`;
  const d50 = entry.d50Um;
  const size = d50
    ? ` D50 ${estimateText({ value: d50.value, low95: d50.low, high95: d50.high }, 'µm')}.`
    : '';
  const verdict = entry.verdict === null ? '' : ` ${verdictText(entry.verdict)}.`;
  const end = entry.state === 'filling' ? '' : ' The run has ended.';
  return `${tiles}.${size}${verdict}${end}`;
}
