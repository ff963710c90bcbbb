import { useEffect, useRef, useState } from 'preact/hooks';
import { CERTAIN_RGB, UNCERTAIN_RGB } from '../../../../report/outline-colours.ts';
import { scaleBar } from '../../../../report/scale-length.ts';
import type { TileEntry } from '../../../api/run.ts';
import type { Piece } from '../picture/pieces.ts';
import { type CropSquare, cropSquare, pictureWidthFor } from './crop.ts';
import { tileBitmap } from './tile-bitmaps.ts';

interface Props {
  readonly tile: TileEntry;
  readonly piece: Piece;
  /** Side of the square, in CSS pixels. */
  readonly sidePx: number;
  /** Empty where the words beside it say all. */
  readonly alt: string;
}

/** A particle with its surroundings, its outline and a scale bar, out of its tile's picture; read once it is in sight. */
export function CropPicture({ tile, piece, sidePx, alt }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    const here = canvas.current;
    if (!here) return;
    let isGone = false;
    const draw = async () => {
      const density = Math.min(2, devicePixelRatio);
      const square = cropSquare(piece.boxPx, tile);
      const width = pictureWidthFor(square, tile, sidePx * density);
      const picture = await tileBitmap(tile.contentHash, width);
      if (!isGone) drawCrop(here, picture, { tile, piece, square, sidePx, density });
    };
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      draw().then(
        () => setFault(''),
        (error: unknown) => setFault(error instanceof Error ? error.message : String(error)),
      );
    });
    seen.observe(here);
    return () => {
      isGone = true;
      seen.disconnect();
    };
  }, [tile, piece, sidePx]);
  return (
    <>
      <canvas
        {...{ ref: canvas, class: 'crop', width: sidePx, height: sidePx }}
        {...(alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt })}
      />
      {fault !== '' && <small class="fault">{fault}</small>}
    </>
  );
}

interface Drawing {
  readonly tile: TileEntry;
  readonly piece: Piece;
  readonly square: CropSquare;
  readonly sidePx: number;
  readonly density: number;
}

function drawCrop(
  canvas: HTMLCanvasElement,
  picture: ImageBitmap,
  { tile, piece, square, sidePx, density }: Drawing,
): void {
  canvas.width = sidePx * density;
  canvas.height = sidePx * density;
  const context = canvas.getContext('2d')!;
  const perTilePx = picture.width / tile.widthPx;
  const { leftPx, topPx } = square;
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    picture,
    ...([leftPx, topPx, square.sidePx, square.sidePx].map((px) => px * perTilePx) as [
      number,
      number,
      number,
      number,
    ]),
    ...([0, 0, canvas.width, canvas.height] as const),
  );
  const k = canvas.width / square.sidePx;
  context.setTransform(k, 0, 0, k, -leftPx * k, -topPx * k);
  context.lineWidth = (1.6 * density) / k;
  context.strokeStyle = `rgb(${(piece.certain ? CERTAIN_RGB : UNCERTAIN_RGB).join(' ')})`;
  for (const part of piece.parts) {
    context.beginPath();
    for (let i = 0; i < part.length; i += 2) context.lineTo(part[i]!, part[i + 1]!);
    context.closePath();
    context.stroke();
  }
  context.setTransform(density, 0, 0, density, 0, 0);
  drawScaleBar(context, square.sidePx * tile.pixelSizeUm, sidePx);
}

/** White on a dark ground, which a bright particle cannot swallow. */
function drawScaleBar(context: CanvasRenderingContext2D, widthUm: number, sidePx: number): void {
  const { lengthUm, text } = scaleBar(widthUm);
  const barPx = (lengthUm / widthUm) * sidePx;
  context.font = '600 11px system-ui, sans-serif';
  const plate = Math.max(barPx, context.measureText(text).width) + 12;
  const [right, bottom] = [sidePx - 5, sidePx - 5];
  context.fillStyle = 'rgb(0 0 0 / 0.72)';
  context.fillRect(right - plate, bottom - 26, plate, 26);
  context.fillStyle = '#fff';
  context.textAlign = 'center';
  context.fillText(text, right - plate / 2, bottom - 12);
  context.fillRect(right - plate / 2 - barPx / 2, bottom - 7, barPx, 3);
}
