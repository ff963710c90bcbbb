import { type Canvas, canvasBox, createCanvas, type RenderWindow } from './canvas.ts';
import { blurReachPx } from './imaging/beam.ts';
import { raisedByFibres } from './imaging/fibre-relief.ts';
import { blurAtHeightPx, defocusAtMostPx, focusBlur } from './imaging/focus.ts';
import { type Imaging, imagingDefaults } from './imaging/imaging.ts';
import { addCharging, applySettings, driftOfRows } from './imaging/scan-flaws.ts';
import { shadedGrey, shadingReachPx } from './imaging/shading.ts';
import { addShotNoise } from './imaging/shot-noise.ts';
import { addSkirt, skirtReachPx } from './imaging/skirt.ts';
import { paintTape } from './imaging/tape-painting.ts';
import { type Appearance, boundarySteps, type Verdict, verdictOf } from './imaging/verdict.ts';
import { paintBody } from './powder/paint-body.ts';
import type { Powder, PowderParticle } from './powder/powder.ts';
import { createRandom } from './random.ts';

export type { Imaging } from './imaging/imaging.ts';
export { imagingDefaults } from './imaging/imaging.ts';

export interface RenderedWindow {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 8-bit grey, row by row from the top left. */
  readonly image: Uint8Array;
  /** Which particle each pixel shows, before blur: 0 the tape, n the particle `visible[n - 1]`. */
  readonly labels: Uint16Array;
  /** The particles with at least one pixel, in the order of laying. */
  readonly visible: readonly VisibleParticle[];
}

export interface VisibleParticle extends Appearance {
  readonly particle: PowderParticle;
  /** Its pixels in this window that no other particle hides. */
  readonly areaPx: number;
  readonly verdict: Verdict;
}

/**
 * What the microscope sees of a powder. Windows may be rendered in any order: where two of them show the same
 * place, particles and tape are the same and only the noise and the scan's flaws differ.
 * @throws RangeError for a window without pixels, or with over 65,535 particles in it.
 */
export function renderWindow(powder: Powder, window: RenderWindow, imaging: Imaging): RenderedWindow {
  const { widthPx, heightPx, pixelSizeUm, centre } = window;
  if (!(widthPx >= 1 && heightPx >= 1 && pixelSizeUm > 0)) {
    throw new RangeError(
      `window of ${widthPx} x ${heightPx} px of ${pixelSizeUm} um, expected sizes above 0`,
    );
  }
  const taken = { ...imagingDefaults, defocusPxPerUm: 0, ...imaging };
  // Shadows and blur carry light in from beyond the border, so that border pixels match the next tile's.
  const driftReachPx = Math.ceil(3 * taken.driftPx);
  const defocusPx = taken.defocusPxPerUm > 0 ? 3 * defocusAtMostPx : 0;
  const marginPx =
    Math.max(
      blurReachPx(taken.blurPx) + defocusPx + skirtReachPx(taken),
      shadingReachPx(taken.detector, pixelSizeUm),
    ) + driftReachPx;
  const canvas = createCanvas(window, marginPx);
  paintTape(canvas, powder.tape);
  const near = powder.lookup.near(canvasBox(canvas));
  if (near.length > 0xffff) {
    throw new RangeError(`window holds ${near.length} particles, at most 65535; render a smaller one`);
  }
  const raisedUm = raisedByFibres(
    powder.tape,
    near.map(({ boxUm }) => boxUm),
  );
  for (const [index, particle] of near.entries()) {
    const baseUm = particle.baseUm + raisedUm(particle.centreUm);
    paintBody(canvas, particle.body, { ...particle, baseUm }, index + 1, particle.brightness);
  }
  const shaded = shadedGrey(canvas, taken.detector);
  focusBlur(canvas, shaded, taken);
  addSkirt(shaded, canvas.widthPx, taken);

  const random = createRandom(imaging.seed).fork(nanometres(centre.x)).fork(nanometres(centre.y));
  const drift = driftOfRows(heightPx, taken.driftPx, driftReachPx, random.fork('drift'));
  const grey = scanned(canvas, shaded, marginPx, drift, new Float32Array(widthPx * heightPx));
  const labels = scanned(canvas, canvas.labels, marginPx, drift, new Uint16Array(widthPx * heightPx));
  applySettings(grey, widthPx, taken);
  addCharging(grey, widthPx, taken.charging, random.fork('charging'));
  const visible = seenParticles(grey, labels, window, near, taken);
  const noise = { ...taken, correlation: taken.noiseCorrelation };
  return {
    widthPx,
    heightPx,
    image: addShotNoise(grey, widthPx, noise, random.fork('noise')),
    labels,
    visible,
  };
}

function nanometres(um: number): number {
  return Math.round(um * 1000);
}

/** The window out of the canvas, each row from where the drift had carried the beam. */
function scanned<A extends Float32Array | Uint16Array>(
  canvas: Canvas,
  source: A,
  marginPx: number,
  drift: Float32Array,
  into: A,
): A {
  const widthPx = canvas.widthPx - 2 * marginPx;
  for (let row = 0; row * widthPx < into.length; row += 1) {
    const start = (row + marginPx) * canvas.widthPx + marginPx + Math.round(drift[row]!);
    into.set(source.subarray(start, start + widthPx), row * widthPx);
  }
  return into;
}

/** Renumbers the labels in place so that particles without a pixel take no number, and judges the others. */
function seenParticles(
  grey: Float32Array,
  labels: Uint16Array,
  { widthPx, pixelSizeUm }: RenderWindow,
  painted: readonly PowderParticle[],
  imaging: Required<Imaging>,
): VisibleParticle[] {
  const areasPx = new Uint32Array(painted.length + 1);
  for (let at = 0; at < labels.length; at += 1) areasPx[labels[at]!]! += 1;
  const cut = labelsAtBorder(labels, widthPx);
  const steps = boundarySteps(grey, labels, widthPx, painted.length);
  const visible: VisibleParticle[] = [];
  const numbers = new Uint16Array(painted.length + 1);
  for (const [index, particle] of painted.entries()) {
    const areaPx = areasPx[index + 1]!;
    if (areaPx === 0) continue;
    const noiseThere = Math.max(0.5, imaging.noise * Math.sqrt(Math.min(255, particle.brightness) / 128));
    const seen: Appearance = {
      diameterPx: particle.diameterEquivalentUm / pixelSizeUm,
      visibleFraction: Math.min(1, (areaPx * pixelSizeUm ** 2) / particle.areaUm2),
      cutByBorder: cut.has(index + 1),
      blurPx: blurAtHeightPx(imaging, (particle.baseUm + particle.topUm) / 2),
      contrastToNoise: steps[index + 1]! / noiseThere,
    };
    numbers[index + 1] = visible.push({ particle, areaPx, ...seen, verdict: verdictOf(seen) });
  }
  for (let at = 0; at < labels.length; at += 1) labels[at] = numbers[labels[at]!]!;
  return visible;
}

function labelsAtBorder(labels: Uint16Array, widthPx: number): Set<number> {
  const heightPx = labels.length / widthPx;
  const found = new Set<number>();
  for (let column = 0; column < widthPx; column += 1) {
    found.add(labels[column]!).add(labels[labels.length - widthPx + column]!);
  }
  for (let row = 0; row < heightPx; row += 1) {
    found.add(labels[row * widthPx]!).add(labels[(row + 1) * widthPx - 1]!);
  }
  return found;
}
