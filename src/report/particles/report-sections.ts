import { counted, figureText, percentText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { CROP_PX } from '../particle-crop.ts';
import type { PicturedGallery, PicturedParticle } from './crop-writing.ts';
import { certaintyText, confidenceText, pieceLinks, shapeText } from './particle-text.ts';
import { pieceHref, piecesOf, type ShownRun } from './shown-run.ts';
import { classText, type SizeClass, sizeClasses } from './size-classes.ts';

/** The histogram by number as links: a bar leads to the particles that it stands for. Null without particles. */
export function classBars(run: ShownRun): Html | null {
  const classes = sizeClasses(run);
  if (classes.length === 0) return null;
  const most = Math.max(...classes.map(({ share }) => share));
  return html`<nav class="bars" aria-label="Particles by size class">
${classes.map((one) => bar(one, one.share / most))}</nav>
<p class="ends faint"><span>${figureText(classes[0]!.fromUm, 'µm')}</span><span>share of particles; a bar leads to them</span><span>${figureText(classes.at(-1)!.toUm, 'µm')}</span></p>`;
}

function bar(one: SizeClass, height: number): Html {
  const { particles, share, page } = one;
  if (particles.length === 0) return html`<span></span>`;
  const name = `${classText(one)}: ${counted(particles.length, 'particle')}, ${percentText(share)}`;
  return html`<a href="classes/${encodeURIComponent(page)}" title="${name}" aria-label="${name}"><i style="height: ${Number((100 * height).toFixed(1))}%"></i></a>
`;
}

/** The particles that a reader asks for first, each leading to its overlay. */
export function gallerySections(run: ShownRun, galleries: readonly PicturedGallery[]): Html | null {
  if (run.counting.length === 0) return null;
  return html`<section class="galleries">
<h2>Single particles</h2>
<p class="faint">Numbers as in particles.csv; the pictures of a row are at one scale. Each leads to the particle in its tile, as long as this page lies in its folder.</p>
${galleries.map(
  ({ name, title, note, particles }) => html`<h3 id="${name}">${title}</h3>
${note && html`<p class="faint">${note}</p>`}
<div class="crops">
${particles.map((one) => figure(run, one))}</div>
`,
)}</section>`;
}

function figure(run: ShownRun, { particle, jpeg }: PicturedParticle): Html | null {
  const [largest] = piecesOf(run, particle);
  if (!largest) return null;
  const diameter = figureText(particle.diameterUm, 'µm');
  const name = `Particle ${particle.number}`;
  const circularity = shapeText(particle, 'circularity');
  const shape =
    circularity === null
      ? 'cut, so that its shape is not known'
      : `circularity ${circularity}, aspect ratio ${shapeText(particle, 'aspectRatio')}`;
  const picture =
    jpeg &&
    html`<img alt="${name}, ${diameter}, in ${largest.tile.file}." width="${CROP_PX}" height="${CROP_PX}" src="data:image/jpeg;base64,${jpeg.toString('base64')}">`;
  return html`<figure>
<a href="${pieceHref(largest)}">${picture ?? `${name}: its tile can be read no more`}</a>
<figcaption><strong>${name}</strong>, ${diameter}; ${shape}; ${certaintyText(particle)}, confidence ${confidenceText(particle)}; ${pieceLinks(run, particle, '')}</figcaption>
</figure>
`;
}
