import { describe, expect, it } from 'vitest';
import type { PlacedMask } from '../../../src/inference/masks/place-mask.ts';
import { snapEdge } from '../../../src/inference/masks/snap-edge.ts';
import type { Mask } from '../../../src/measure/mask.ts';
import type { GreyImage } from '../../../src/watcher/image/grey-image.ts';

const side = 240;
const cellPx = 6;

function imageOf(grey: (x: number, y: number) => number): GreyImage {
  const pixels = Uint8Array.from({ length: side * side }, (_, pixel) =>
    grey(pixel % side, Math.floor(pixel / side)),
  );
  return { widthPx: side, heightPx: side, pixels };
}

/** A disc of this radius around the middle of the image, in the window that holds it. */
function disc(radius: number): PlacedMask {
  const start = Math.floor(side / 2 - radius);
  const width = side - 2 * start;
  const bits = Uint8Array.from({ length: width * width }, (_, pixel) =>
    fromMiddle((pixel % width) + start, Math.floor(pixel / width) + start) <= radius ? 1 : 0,
  );
  return { x: start, y: start, width, height: width, bits, areaPx: areaOf({ bits }), cellPx };
}

function fromMiddle(x: number, y: number): number {
  return Math.hypot(x + 0.5 - side / 2, y + 0.5 - side / 2);
}

function areaOf({ bits }: Pick<Mask, 'bits'>): number {
  return bits.reduce((sum, bit) => sum + bit, 0);
}

/** Of the circle of equal area. */
function radiusOf(mask: Mask): number {
  return Math.sqrt(areaOf(mask) / Math.PI);
}

/** Between -10 and 10, of no order, the same in every run. */
function noise(x: number, y: number): number {
  return ((x * 7919 + y * 104729 + x * y * 31) % 21) - 10;
}

describe('snapping an outline to the image', () => {
  it.each([
    ['too tight', 77],
    ['too wide', 83],
  ])('moves one that is %s by less than a cell onto the edge of a bright disc', (_, radius) => {
    const image = imageOf((x, y) => (fromMiddle(x, y) <= 80 ? 170 : 70));
    expect(Math.abs(radiusOf(snapEdge(disc(radius), image)) - 80)).toBeLessThan(0.5);
  });

  it.each([70, -70])('follows the edge under noise where the particle differs by %i', (contrast) => {
    const image = imageOf((x, y) => 120 + (fromMiddle(x, y) <= 80 ? contrast : 0) + noise(x, y));
    expect(Math.abs(radiusOf(snapEdge(disc(77), image)) - 80)).toBeLessThan(0.5);
  });

  it.each([
    ['where the image shows no edge', () => 90],
    ['where an edge lies farther off than a few cells', (x: number) => (x < 4 ? 250 : 90)],
  ])('leaves the outline, but for its roughness, %s', (_, grey) => {
    expect(Math.abs(radiusOf(snapEdge(disc(80), imageOf(grey))) - 80)).toBeLessThan(0.5);
  });

  it('ends at the image', () => {
    const image = imageOf((x) => (x < 20 ? 170 : 70));
    const strip = { x: 0, y: 0, width: 16, height: side, bits: new Uint8Array(16 * side).fill(1) };
    const snapped = snapEdge({ ...strip, areaPx: 16 * side, cellPx }, image);
    expect(snapped).toMatchObject({ x: 0, y: 0, height: side });
    expect(areaOf(snapped)).toBe(20 * side);
  });

  it('leaves a thin particle that hardly shows', () => {
    const bits = Uint8Array.from({ length: 200 * 200 }, (_, pixel) =>
      Math.abs((pixel % 200) - Math.floor(pixel / 200)) < 4 ? 1 : 0,
    );
    const rod = { x: 20, y: 20, width: 200, height: 200, bits, areaPx: areaOf({ bits }), cellPx };
    expect(
      snapEdge(
        rod,
        imageOf(() => 90),
      ),
    ).toBe(rod);
  });

  it('leaves an outline that the network drew finely as it is', () => {
    const fine = { ...disc(77), cellPx: 2 };
    expect(
      snapEdge(
        fine,
        imageOf((x, y) => (fromMiddle(x, y) <= 80 ? 170 : 70)),
      ),
    ).toBe(fine);
  });
});
