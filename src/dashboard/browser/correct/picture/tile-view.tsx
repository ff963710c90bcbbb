import { useEffect, useRef } from 'preact/hooks';
import { pictureAddress } from '../../shell/api.ts';
import type { Desk } from '../desk.ts';
import { pieceAt } from '../outlines/standing-pieces.ts';
import { noPicture } from '../words.ts';
import { type TileCanvas, tileCanvas } from './tile-canvas.ts';

interface Props {
  readonly desk: Desk;
  /** Gets what the view can do, for keys and buttons; null once it is gone. */
  readonly onReady: (canvas: TileCanvas | null) => void;
}

/** The tile and its outlines, kept in step with the desk. */
export function TileView({ desk, onReady }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<TileCanvas | null>(null);
  useEffect(() => {
    if (!host.current) return;
    const canvas = tileCanvas(host.current, {
      pictureAddress: pictureAddress(desk.record.contentHash, 1920),
      tile: desk.tile,
      onPick(place, isAdding) {
        const piece = pieceAt(desk.record.pieces.value, place);
        if (!piece) desk.choose([]);
        else if (isAdding) desk.toggle(piece.number);
        else desk.choose([piece.number]);
      },
      onDrawn: (outline) => void desk.draw(outline),
      onReshaped(outlinePx) {
        const { value } = desk.reshaping;
        if (value === null || JSON.stringify(value.outlinePx) === JSON.stringify(outlinePx)) return;
        desk.reshaping.value = { outlinePx, corner: 0 };
      },
      onNoPicture: () => desk.refuse(noPicture),
      onLine(pen, isDone) {
        desk.pen.value = pen;
        if (isDone) void desk.split(pen.corners);
      },
    });
    shown.current = canvas;
    onReady(canvas);
    return () => {
      onReady(null);
      canvas.destroy();
    };
  }, [desk, onReady]);
  useInStep(desk, shown);
  return <div ref={host} class="tile-view" />;
}

/** Draws what the desk has, part by part. */
function useInStep(desk: Desk, canvas: { readonly current: TileCanvas | null }): void {
  const pieces = desk.record.pieces.value;
  const chosen = desk.chosenNumbers.value;
  const tool = desk.tool.value;
  const pen = desk.pen.value;
  const reshaping = desk.reshaping.value;
  const redraws = desk.redraws.value;
  const marked = desk.chosen.value;
  const [piece] = marked;
  useEffect(() => {
    // Outlines that are put anew would take the dragged corner out of the hand.
    if (tool !== 'redraw') canvas.current?.show(pieces);
  }, [desk, pieces, tool, redraws]);
  useEffect(() => canvas.current?.mark(marked), [desk, marked]);
  useEffect(() => canvas.current?.use(tool), [desk, tool]);
  useEffect(() => canvas.current?.showPen(pen, tool), [canvas, pen, tool]);
  useEffect(() => {
    if (reshaping && piece) canvas.current?.reshape(piece, reshaping);
    canvas.current?.showHeld(reshaping);
  }, [canvas, reshaping, piece]);
  useEffect(() => {
    const isNear = tool === 'redraw' || tool === 'split';
    if (piece && chosen.length === 1) canvas.current?.goTo(piece.shapePx, isNear);
  }, [canvas, piece, chosen, tool]);
}
