import { useRef, useState } from 'preact/hooks';
import { settingText } from '../../shell/figures.ts';
import type { Selection } from '../selection.ts';
import { type BrushAxis, brushed, placeOf } from './brush.ts';

export interface Brushing {
  readonly fromUm: number | null;
  readonly toUm: number | null;
  readonly onRange: (range: Pick<Selection, 'fromUm' | 'toUm'>) => void;
}

interface Props {
  readonly brushing: Brushing;
  readonly axis: BrushAxis;
  readonly heightPx: number;
}

/**
 * Over a chart: shows the chosen range, and lets a pointer draw another one; a press without a drag takes it away. For keys
 * there are two fields with the same range.
 */
export function BrushLayer({ brushing, axis, heightPx }: Props) {
  const layer = useRef<HTMLDivElement>(null);
  const from = useRef<number | null>(null);
  const [to, setTo] = useState<number | null>(null);

  const placeIn = (event: PointerEvent) => event.clientX - layer.current!.getBoundingClientRect().left;
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    from.current = placeIn(event);
    setTo(from.current);
    layer.current!.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent) => from.current !== null && setTo(placeIn(event));
  const onUp = (event: PointerEvent) => {
    if (from.current === null) return;
    brushing.onRange(brushed(axis, from.current, placeIn(event)) ?? { fromUm: null, toUm: null });
    from.current = null;
    setTo(null);
  };
  const onCancel = () => {
    from.current = null;
    setTo(null);
  };

  const drawn = from.current !== null && to !== null ? brushed(axis, from.current, to) : null;
  const { fromUm, toUm } = drawn ?? brushing;
  const hasRange = fromUm !== null || toUm !== null;
  const left = fromUm === null ? axis.leftPx : placeOf(axis, fromUm);
  const right = toUm === null ? axis.leftPx + axis.widthPx : placeOf(axis, toUm);
  return (
    <div
      ref={layer}
      class="brush"
      style={{ height: `${heightPx}px` }}
      aria-hidden="true"
      title="Drag over sizes to see their particles"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onCancel}
    >
      {hasRange && (
        <div class="range" style={{ left: `${left}px`, width: `${Math.max(2, right - left)}px` }}>
          {drawn && (
            <span class="range-text">{`${settingText(drawn.fromUm)} to ${settingText(drawn.toUm, 'µm')}`}</span>
          )}
        </div>
      )}
    </div>
  );
}
