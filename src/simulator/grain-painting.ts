import { type Canvas, pixelsIn } from './canvas.ts';
import { gaugeAt } from './grain.ts';
import { createReliefShade, type Relief } from './grain-relief.ts';
import { eachRowInside } from './outline-fill.ts';
import type { PowderParticle } from './powder.ts';

/** Paints a particle over what is there: its shadow, then its shaded surface and its label. */
export function paintParticle(canvas: Canvas, particle: PowderParticle, label: number, relief: Relief): void {
  paintShadow(canvas, particle);
  const { leftUm, topUm, pixelSizeUm, widthPx, grey, labels } = canvas;
  const apexX = particle.centreUm.x + particle.grain.apexUm.x;
  const apexY = particle.centreUm.y + particle.grain.apexUm.y;
  const shade = createReliefShade(particle, relief);
  eachRowInside(canvas, particle.outline, (row, first, end) => {
    const y = topUm - (row + 0.5) * pixelSizeUm - apexY;
    for (let column = first; column < end; column += 1) {
      const at = row * widthPx + column;
      grey[at] = shade(leftUm + (column + 0.5) * pixelSizeUm - apexX, y);
      labels[at] = label;
    }
  });
}

/** Reach and depth of the darkness at a particle's foot, where it hides the detector. */
const shadowReach = 1.55;
const shadowDepth = 0.4;

function paintShadow(canvas: Canvas, { grain, centreUm, boxUm }: PowderParticle): void {
  const { leftUm, topUm, pixelSizeUm, widthPx, grey } = canvas;
  const apexX = centreUm.x + grain.apexUm.x;
  const apexY = centreUm.y + grain.apexUm.y;
  const { left, right, top, bottom } = pixelsIn(canvas, {
    left: apexX + (boxUm.left - apexX) * shadowReach,
    right: apexX + (boxUm.right - apexX) * shadowReach,
    bottom: apexY + (boxUm.bottom - apexY) * shadowReach,
    top: apexY + (boxUm.top - apexY) * shadowReach,
  });
  for (let row = top; row < bottom; row += 1) {
    const y = topUm - (row + 0.5) * pixelSizeUm - apexY;
    for (let column = left; column < right; column += 1) {
      const gauge = gaugeAt(grain.faces, leftUm + (column + 0.5) * pixelSizeUm - apexX, y);
      if (gauge >= shadowReach) continue;
      const nearness = (shadowReach - Math.max(1, gauge)) / (shadowReach - 1);
      grey[row * widthPx + column]! *= 1 - shadowDepth * nearness * nearness;
    }
  }
}
