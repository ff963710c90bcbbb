import { counted, figureText, percentText } from '../figure-text.ts';
import { Html, html } from '../html.ts';
import { linkedPage } from './linked-page.ts';
import { pieceLinks } from './particle-text.ts';
import { boxPxOf, type ShownPiece, type ShownRun, type ShownTile } from './shown-run.ts';
import { enlarged, partAround, wholeTile } from './tile-drawing.ts';
import type { TileLayers } from './tile-picture.ts';

type Pieces = readonly Omit<ShownPiece, 'tile'>[];

/**
 * A tile with its outlines, and all that was found in it. `#p12` leads to piece 12: its row opens and shows it enlarged, and
 * it is framed in the tile.
 */
export function tilePage(run: ShownRun, tile: ShownTile, layers: TileLayers): string {
  const pieces: Pieces = Array.from(tile.columns.numbers, (number, index) => ({ number, index }));
  const { site } = tile.tile;
  const size = `${figureText(tile.columns.fieldUm.width)} × ${figureText(tile.columns.fieldUm.height)} µm`;
  const facts = [site && `row ${site.row}, column ${site.column}`, size, counted(pieces.length, 'piece')];
  return linkedPage(run.summary, {
    title: tile.file,
    facts: facts.filter((fact) => fact !== null).join(' · '),
    links: neighbours(run, tile),
    body: html`<style>${new Html(framed(pieces))}</style>
<div class="sides">
<section class="picture">
<p class="switches">${layers.some(({ shows }) => shows === 'outlines') ? html`<label><input type="checkbox" class="hide-outlines"> without outlines</label>` : null}
<label><input type="checkbox" class="hide-numbers"> without numbers</label></p>
<div class="wide">${wholeTile(tile, layers, pieces)}</div>
<p class="faint">Numbers as in pieces.csv. Outlines green: certain; red: uncertain.${correctedNote(tile)}</p>
</section>
<section class="list">
${pieces.length === 0 ? html`<p>Nothing was found in this tile.</p>` : pieceTable(run, tile, pieces)}
</section>
</div>`,
  });
}

function pieceTable(run: ShownRun, tile: ShownTile, pieces: Pieces): Html {
  return html`<div class="rows"><table class="pieces">
<thead><tr><th scope="col">Piece</th><th scope="col">Particle</th><th scope="col">Diameter</th><th scope="col">Circularity</th><th scope="col">Confidence</th></tr></thead>
<tbody>
${pieces.map((piece) => pieceRows(run, tile, piece))}</tbody>
</table></div>`;
}

/** A piece, and the row that opens below where somebody was led to it. */
function pieceRows(run: ShownRun, tile: ShownTile, { number, index }: Pieces[number]): Html {
  const { diameterEquivalentUm, circularity, aspectRatio, confidence, certain, corrected } = tile.columns;
  const fate = run.fateOf(tile.tile.id, number);
  const particle = fate.particle === null ? null : run.particles[fate.particle];
  const { because } = fate;
  const joined = particle && particle.pieces.length > 1 ? particle : null;
  const diameter = figureText(diameterEquivalentUm[index]!, 'µm');
  return html`<tr id="p${number}"${new Html(certain[index] === 1 ? '' : ' class="doubted"')}><th scope="row"><a href="#p${number}">${number}</a></th><td>${fate.particle}${because && html` <small>${because}</small>`}</td><td>${diameter}</td><td>${figureText(circularity[index]!)}</td><td>${percentText(confidence[index]!)}</td></tr>
<tr class="open"><td colspan="5"><p>${certain[index] === 1 ? 'Certain' : 'Uncertain'}; aspect ratio ${figureText(aspectRatio[index]!)}.${corrected[index] === 1 ? ' Corrected by a reviewer.' : null}${joined && html` Joined to a particle of ${figureText(joined.diameterEquivalentUm, 'µm')}: ${pieceLinks(run, joined, '../')}.`}${because && ` Not counted: ${because}.`}</p>
${enlarged(partAround(boxPxOf({ tile, index })), tile, `Piece ${number}, ${diameter}`)}</td></tr>
`;
}

/** That the picture shows what the model found, where reviewers say otherwise; null where they say nothing. */
function correctedNote({ columns }: ShownTile): string | null {
  if (!columns.isReviewed) return null;
  const corrected = columns.corrected.reduce((sum, one) => sum + one, 0);
  return ` Reviewers corrected this tile (${counted(corrected, 'piece')} drawn or judged by them): the list says what counts, the outlines in the picture are those of the model.`;
}

/** A rule for each piece: CSS cannot carry the name of what somebody was led to from one place to another. */
function framed(pieces: Pieces): string {
  if (pieces.length === 0) return '';
  const rects = pieces.map(({ number }) => `:root:has(#p${number}:target) .p${number} rect`);
  return `${rects.join(',')}{stroke:var(--frame);stroke-width:5}`;
}

function neighbours(run: ShownRun, { tile: { site } }: ShownTile): readonly [text: string, href: string][] {
  if (site === null) return [];
  const steps = [
    ['← left', 0, -1],
    ['→ right', 0, 1],
    ['↑ above', -1, 0],
    ['↓ below', 1, 0],
  ] as const;
  return steps.flatMap(([text, rows, columns]) => {
    const next = [...run.tiles.values()].find(
      (other) => other.tile.site?.row === site.row + rows && other.tile.site.column === site.column + columns,
    );
    return next ? [[text, `${encodeURIComponent(next.stem)}.html`] as [string, string]] : [];
  });
}
