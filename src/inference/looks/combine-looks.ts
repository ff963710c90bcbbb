import { type Candidate, containment, iou } from '../masks/candidate.ts';
import { keptCandidates } from '../masks/combine-masks.ts';
import type { TileFrame } from '../masks/place-mask.ts';
import type { Thresholds } from '../model/manifest.ts';
import { joinedPieces } from './cut-pieces.ts';
import { type Judge, judgeBy } from './judge.ts';
import { type Look, overlapOf, type TileLook } from './look.ts';

/** Share of a mask inside others from which they are what it shows. */
const COVERED = 0.3;
/** Rows and columns at a part's inner border in which a mask counts as cut by it. */
const BORDER_PX = 2;

/**
 * The particles of a tile that was looked at as a whole and, where that was worth it, enlarged: all of it, or parts
 * (after slicing-aided inference, Akyon et al. 2022, doi:10.1109/ICIP46576.2022.9897990). Of what is larger than the
 * overlap of two parts the farther look decides where it saw anything, of everything smaller the closer one; what only
 * the farther saw stays.
 * Pieces at the inner borders of parts count where no part has the whole: joined, as at borders of tiles.
 *
 * Dust is told by the pixels of a look in which the tile fills the input, so that the smallest particle is the same on
 * every tile.
 */
export function combineLooks(
  look: TileLook,
  thresholds: Thresholds,
  judge = judgeBy(thresholds),
): Candidate[] {
  const dustTilePx = thresholds.smallestAreaPx / look.fullScale ** 2;
  return resolved(look, dustTilePx, thresholds, judge);
}

function resolved(look: Look, dustTilePx: number, thresholds: Thresholds, judge: Judge): Candidate[] {
  const combine = (candidates: readonly Candidate[]) =>
    keptCandidates(candidates, dustTilePx, thresholds, judge.shared);
  const own = combine(judge.candidatesIn(look));
  if (look.closer.length === 0) return own;
  const parts = look.closer.map((part) => {
    const seen = resolved(part, dustTilePx, thresholds, judge);
    const cut = seen.filter(({ mask }) => isCut(mask, part.frame, look.frame));
    return { part: part.frame, cut, whole: seen.filter((candidate) => !cut.includes(candidate)) };
  });
  const limitPx = overlapOf(look.frame) - 2 * BORDER_PX;
  const isLarge = (candidate: Candidate) => extentPx(candidate) > limitPx;
  const isCoveredBy = (others: readonly Candidate[]) => (candidate: Candidate) =>
    others.some((other) => containment(candidate, other, judge.shared(candidate, other)) > COVERED);
  // Something large in which the farther look saw anything is what that saw, or the ground under it.
  const isNews = (candidate: Candidate) => !isLarge(candidate) || !isCoveredBy(own)(candidate);

  const large = own.filter(isLarge);
  // A clear piece of something large and doubtful does not take its place.
  const isPiece = (candidate: Candidate) =>
    large.some((whole) => iou(whole, candidate, judge.shared(whole, candidate)) > thresholds.crossOverlap);
  const closer = parts.flatMap(({ whole }) => whole).filter((c) => isNews(c) && !isPiece(c));
  const kept = combine(byObjectness([...large, ...closer]));
  const pieces = joinedPieces(parts, judge.shared).filter(
    (piece) => isNews(piece) && !isCoveredBy(kept)(piece),
  );
  const seen = [...kept, ...combine(byObjectness(pieces))];
  const missed = own.filter((candidate) => !isLarge(candidate) && !isCoveredBy(seen)(candidate));
  return byObjectness([...seen, ...missed]);
}

function byObjectness(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => b.objectness - a.objectness);
}

function extentPx({ mask }: Candidate): number {
  return Math.max(mask.width, mask.height);
}

/** Whether a mask reaches a border of the part that is none of the whole. */
function isCut(mask: Candidate['mask'], part: TileFrame, whole: TileFrame): boolean {
  const [inner, outer] = [edgesOf(part), edgesOf(whole)];
  return (
    (inner.left > outer.left && hasPixels(mask, inner.left, inner.left + BORDER_PX, 'x')) ||
    (inner.right < outer.right && hasPixels(mask, inner.right - BORDER_PX, inner.right, 'x')) ||
    (inner.top > outer.top && hasPixels(mask, inner.top, inner.top + BORDER_PX, 'y')) ||
    (inner.bottom < outer.bottom && hasPixels(mask, inner.bottom - BORDER_PX, inner.bottom, 'y'))
  );
}

function edgesOf({ left = 0, top = 0, widthPx, heightPx }: TileFrame) {
  return { left, top, right: left + widthPx, bottom: top + heightPx };
}

/** Whether a mask has pixels in columns (x) or rows (y) from `from` up to `to`. */
function hasPixels(mask: Candidate['mask'], from: number, to: number, along: 'x' | 'y'): boolean {
  const [start, length] = along === 'x' ? [mask.x, mask.width] : [mask.y, mask.height];
  const [step, across, count] = along === 'x' ? [1, mask.width, mask.height] : [mask.width, 1, mask.width];
  for (let at = Math.max(from, start); at < Math.min(to, start + length); at++) {
    for (let i = 0; i < count; i++) if (mask.bits[(at - start) * step + i * across]) return true;
  }
  return false;
}
