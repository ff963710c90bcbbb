import { counted, countText, figureText, percentText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { CountedParticle } from '../tables/counted-run.ts';
import { linkedPage } from './linked-page.ts';
import { certaintyText, confidenceText, pieceLinks, shapeText } from './particle-text.ts';
import { boxPxOf, pieceHref, piecesOf, type ShownRun } from './shown-run.ts';
import { classText, type SizeClass } from './size-classes.ts';
import { partAround, partOfTile } from './tile-drawing.ts';
import type { TileLayers } from './tile-picture.ts';

/** A browser decodes a whole tile for each. */
const ENLARGED_MOST = 12;
/** A page of so many rows takes 300 kB. */
const ROWS_MOST = 1_000;

/**
 * The particles of a size class, each leading to its overlay. Of very many a sample evenly over their sizes, and said so.
 * @param layersOf what shows a tile, by its id
 */
export function classPage(
  run: ShownRun,
  classes: readonly SizeClass[],
  at: number,
  layersOf: (tileId: number) => TileLayers,
): string {
  const one = classes[at]!;
  const listed = evenly(one.particles, ROWS_MOST);
  const all = counted(one.particles.length, 'particle');
  const lower = classes.slice(0, at).findLast(({ particles }) => particles.length > 0);
  const higher = classes.slice(at + 1).find(({ particles }) => particles.length > 0);
  return linkedPage(run.summary, {
    title: classText(one),
    facts: `${all}, ${percentText(one.share)} by number`,
    links: [
      ...(lower ? [[`← ${classText(lower)}`, lower.page] as const] : []),
      ...(higher ? [[`→ ${classText(higher)}`, higher.page] as const] : []),
    ],
    body: html`<section>
<h2>${listed.length > ENLARGED_MOST ? `${ENLARGED_MOST} of them, evenly over their sizes` : 'As the tiles show them'}</h2>
<div class="enlarged">${enlargedParticles(run, evenly(listed, ENLARGED_MOST), layersOf)}</div>
</section>
<section>
<h2>${listed.length < one.particles.length ? `${countText(listed.length)} of ${all}, evenly over their sizes; all are in particles.csv` : all}</h2>
<div class="rows"><table>
<thead><tr><th scope="col">Particle</th><th scope="col">Diameter</th><th scope="col">Circularity</th><th scope="col">Aspect ratio</th><th scope="col">Confidence</th><th scope="col">Tile and piece</th></tr></thead>
<tbody>
${listed.map(
  (
    particle,
  ) => html`<tr><th scope="row">${particle.number}</th><td>${figureText(particle.diameterUm, 'µm')}</td><td>${shapeText(particle, 'circularity') ?? '–'}</td><td>${shapeText(particle, 'aspectRatio') ?? '–'}</td><td>${confidenceText(particle)}, ${certaintyText(particle)}</td><td>${pieceLinks(run, particle, '../')}</td></tr>
`,
)}</tbody>
</table></div>
<p class="faint">Numbers as in particles.csv, pieces as in pieces.csv.</p>
</section>`,
  });
}

function enlargedParticles(
  run: ShownRun,
  particles: readonly CountedParticle[],
  layersOf: (tileId: number) => TileLayers,
): Html[] {
  const pieces = particles.flatMap((particle) => {
    const [piece] = piecesOf(run, particle);
    return piece ? [{ ...piece, particle, part: partAround(boxPxOf(piece)) }] : [];
  });
  const sideUm = Math.max(...pieces.map(({ part, tile }) => part.widthPx * tile.pixelSizeUm));
  return pieces.map(({ particle, tile, number, index }) => {
    const part = partAround(boxPxOf({ tile, index }), sideUm / tile.pixelSizeUm);
    const label = `Particle ${particle.number}, ${figureText(particle.diameterUm, 'µm')}`;
    return html`<figure><a href="../${pieceHref({ tile, number })}">${partOfTile(part, tile, layersOf(tile.tile.id), label)}</a>
<figcaption>${label}</figcaption></figure>
`;
  });
}

/** At most `most` of a list, the first and the last among them, evenly over their places. */
function evenly<One>(list: readonly One[], most: number): One[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))]!);
}
