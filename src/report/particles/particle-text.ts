import { figureText, percentText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { CountedParticle } from '../tables/counted-run.ts';
import { confidenceOf, doubtedAreaShare } from '../tables/particle-columns.ts';
import { pieceHref, piecesOf, type ShownPiece, type ShownRun } from './shown-run.ts';

/** `certain` or `uncertain`, and of a joined particle how much of its area is doubted, if any. */
export function certaintyText(particle: CountedParticle): string {
  const verdict = particle.certain ? 'certain' : 'uncertain';
  const doubted = doubtedAreaShare(particle);
  if (particle.pieces.length === 1 || doubted === 0) return verdict;
  return `${verdict}, ${percentText(doubted)} of its area doubted`;
}

/** `98 %`; of a joined particle that of its largest piece. */
export function confidenceText(particle: CountedParticle): string {
  return percentText(confidenceOf(particle));
}

/** A measure of shape; null where no tile shows the particle whole. */
export function shapeText(particle: CountedParticle, measure: 'circularity' | 'aspectRatio'): string | null {
  const [piece] = particle.pieces;
  if (!piece || particle.weightOfShape === null) return null;
  return figureText(piece.tile[measure][piece.index]!);
}

/**
 * Links to a particle's pieces in their overlays, the largest first: `tile_7.tif 12 + tile_8.tif 3`.
 * @param up from where they are followed to the folder of the sample: '' or '../'
 */
export function pieceLinks(run: ShownRun, particle: CountedParticle, up: string): Html {
  const pieces = piecesOf(run, particle);
  const links = pieces.map((piece) => pieceLink(piece, up, pieces.length > 1));
  return html`${links.map((link, at) => (at === 0 ? link : html` + ${link}`))}`;
}

/** @param isPart whether a doubted one is marked: of a particle in one piece that is said already. */
function pieceLink(piece: ShownPiece, up: string, isPart: boolean): Html {
  const { tile, number, index } = piece;
  const mark = isPart && tile.columns.certain[index] === 0 ? html` class="doubted" title="doubted"` : null;
  return html`<a href="${up}${pieceHref(piece)}"${mark}>${tile.file} ${number}</a>`;
}
