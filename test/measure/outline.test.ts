import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled, mainComponent } from '../../src/measure/components.ts';
import type { Outline } from '../../src/measure/correction.ts';
import type { Mask } from '../../src/measure/mask.ts';
import { outlineOf } from '../../src/measure/outline.ts';
import { silhouetteOf } from '../../src/measure/silhouette.ts';
import { anyMask, disc, drawn, ellipse, rectangle } from './shapes.ts';
import { haveCommonPoint, type Point } from './stretches.ts';

const tile = { widthPx: 200, heightPx: 200 };

/** An ellipse somewhere in the tile, turned, up to 60 px long. */
const anyEllipse = fc
  .record({
    major: fc.double({ min: 4, max: 30, noNaN: true }),
    slimness: fc.double({ min: 0.2, max: 1, noNaN: true }),
    angle: fc.double({ min: 0, max: Math.PI, noNaN: true }),
    x: fc.integer({ min: 0, max: 100 }),
    y: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ major, slimness, angle, x, y }) => ({ ...ellipse(major, major * slimness, angle), x, y }))
  .filter(({ bits }) => bits.includes(1));

describe('the outline of a mask', () => {
  it('of one pixel is its square', () => {
    const ring = outlineOf(drawn(['#'], 5, 7), tile)[0]!;
    expect(placesOf(ring)).toEqual(['5 7', '5 8', '6 7', '6 8']);
    expect(areaOf(ring)).toBe(1);
  });

  it('of a rectangle has its four corners, at the border of the tile too', () => {
    const ring = outlineOf(rectangle(200, 30, 0, 170), tile)[0]!;
    expect(placesOf(ring)).toEqual(['0 170', '0 200', '200 170', '200 200']);
  });

  it('of pixels that meet at a corner only is a ring for each, which do not touch', () => {
    const rings = outlineOf(drawn(['#.', '.#']), tile);
    expect(rings).toHaveLength(2);
    // At most a triangle with legs of an eighth of a pixel is lost of each.
    for (const ring of rings) expect(areaOf(ring)).toBeGreaterThanOrEqual(1 - 1 / 128);
    expect(crossings(rings)).toEqual([]);
  });

  it('passes over a hole, and goes around what lies in one', () => {
    const rings = outlineOf(drawn(['#####', '#...#', '#.#.#', '#...#', '#####']), tile);
    expect(rings.map(areaOf)).toEqual([25, 1]);
  });

  it('goes into a bay that only a corner closes, as what is no hole', () => {
    const [ring] = outlineOf(drawn(['.###', '#.##', '####']), tile);
    // 9 pixels hang together by their sides; the single one at the left hangs on by the row below.
    expect(areaOf(ring!)).toBeCloseTo(10, 1);
  });

  it('stays within the tile', () => {
    const cut = { ...disc(30), x: 138, y: 138 };
    const points = outlineOf(cut, tile).flatMap(pointsOf);
    expect(Math.max(...points.flatMap(({ x, y }) => [x, y]))).toBeLessThanOrEqual(200);
    expect(Math.min(...points.flatMap(({ x, y }) => [x, y]))).toBeGreaterThanOrEqual(138);
  });

  it('of a disc has few corners', () => {
    // A regular polygon of n corners with the area of a circle of radius r reaches r pi^2 / (3 n^2) beyond it; with 0.65 px
    // that is n = pi (r / 1.95)^(1/2). Thrice that is few for one that follows pixels.
    for (const radiusPx of [10, 20, 40, 60]) {
      const corners = outlineOf(disc(radiusPx), tile)[0]!.length / 2;
      expect(corners).toBeLessThanOrEqual(3 * Math.PI * Math.sqrt(radiusPx / 1.95));
      expect(corners).toBeGreaterThanOrEqual(6);
    }
  });
});

describe('the outline of an ellipse', () => {
  it('has its area to half a per cent', () => {
    fc.assert(
      fc.property(anyEllipse, (mask) => {
        const [ring] = outlineOf(mainComponent(mask), tile);
        const pixels = count(mainComponent(mask));
        expect(Math.abs(areaOf(ring!) - pixels)).toBeLessThanOrEqual(0.1 + 0.005 * pixels);
      }),
    );
  });

  it('holds its centroid', () => {
    fc.assert(
      fc.property(anyEllipse, (mask) => {
        const whole = mainComponent(mask);
        const { centroid } = silhouetteOf(whole);
        const [ring] = outlineOf(whole, tile);
        expect(isInside({ x: whole.x + centroid.x, y: whole.y + centroid.y }, ring!)).toBe(true);
      }),
    );
  });
});

describe.each([
  ['of any bitmap', anyMask],
  ['of an ellipse', anyEllipse],
])('the outline %s', (_, masks) => {
  it('encloses as much as the mask with its holes filled', () => {
    fc.assert(
      fc.property(masks, (any) => {
        const mask = mainComponent(any);
        const pixels = count(filled(mask));
        const [ring, ...others] = outlineOf(mask, tile);
        expect(others).toEqual([]);
        // Each pixel may be cut at its corners, where others only touch it.
        expect(Math.abs(areaOf(ring!) - pixels)).toBeLessThanOrEqual(0.2 + 0.005 * pixels + pixels / 64);
      }),
    );
  });

  it('neither crosses nor touches itself', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(crossings(outlineOf(mask, tile))).toEqual([]);
      }),
    );
  });

  it('moves no place of the border by more than 0.75 px', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const all = outlineOf(filled(mask), tile).flatMap(stretches);
        const farthest = Math.max(...borderOf(filled(mask)).map((place) => distance(place, all)));
        expect(farthest).toBeLessThan(0.75);
      }),
    );
  });

  it('has corners on whole eighths of a pixel, three or more, at most as many as the border has', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const outline = outlineOf(mask, tile);
        for (const ring of outline) {
          expect(ring.length).toBeGreaterThanOrEqual(6);
          expect(ring.every((value) => Number.isInteger(value * 8))).toBe(true);
        }
        expect(outline.flat().length / 2).toBeLessThanOrEqual(8 * count(mask));
      }),
    );
  });
});

function pointsOf(ring: readonly number[]): Point[] {
  return Array.from({ length: ring.length / 2 }, (_, i) => ({ x: ring[2 * i]!, y: ring[2 * i + 1]! }));
}

function placesOf(ring: readonly number[]): string[] {
  return pointsOf(ring)
    .map(({ x, y }) => `${x} ${y}`)
    .sort();
}

function stretches(ring: readonly number[]): [Point, Point][] {
  const points = pointsOf(ring);
  return points.map((point, i) => [point, points[(i + 1) % points.length]!]);
}

/** Shoelace formula; positive for a ring that runs clockwise as the picture is seen. */
function areaOf(ring: readonly number[]): number {
  return stretches(ring).reduce((sum, [a, b]) => sum + (a.x * b.y - b.x * a.y) / 2, 0);
}

/** Pairs of stretches that have a point in common and are no neighbours. */
function crossings(outline: Outline): string[] {
  const all = outline.flatMap((ring, of) =>
    stretches(ring).map((stretch, at) => ({ stretch, of, at, last: ring.length / 2 - 1 })),
  );
  return all.flatMap((one, i) =>
    all.slice(i + 1).flatMap((other) => {
      const apart = other.at - one.at;
      const areNeighbours = one.of === other.of && (apart === 1 || apart === one.last);
      return !areNeighbours && haveCommonPoint(one.stretch, other.stretch)
        ? [JSON.stringify([one.stretch, other.stretch])]
        : [];
    }),
  );
}

/** Even-odd rule. */
function isInside({ x, y }: Point, ring: readonly number[]): boolean {
  const passed = stretches(ring).filter(
    ([a, b]) => a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x),
  );
  return passed.length % 2 === 1;
}

/** Places along the sides between pixels inside and outside, a quarter of a pixel apart. */
function borderOf(mask: Mask): Point[] {
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= mask.width || y >= mask.height ? 0 : mask.bits[y * mask.width + x]!;
  const places: Point[] = [];
  for (let y = 0; y <= mask.height; y++) {
    for (let x = 0; x <= mask.width; x++) {
      for (let part = 0; part <= 1; part += 1 / 4) {
        if (at(x, y) !== at(x, y - 1)) places.push({ x: mask.x + x + part, y: mask.y + y });
        if (at(x, y) !== at(x - 1, y)) places.push({ x: mask.x + x, y: mask.y + y + part });
      }
    }
  }
  return places;
}

function distance(place: Point, all: readonly [Point, Point][]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [a, b] of all) {
    const alongX = b.x - a.x;
    const alongY = b.y - a.y;
    const share = ((place.x - a.x) * alongX + (place.y - a.y) * alongY) / (alongX * alongX + alongY * alongY);
    const bounded = Math.min(1, Math.max(0, share));
    const squared = (place.x - a.x - bounded * alongX) ** 2 + (place.y - a.y - bounded * alongY) ** 2;
    least = Math.min(least, squared);
  }
  return Math.sqrt(least);
}

function count(mask: Mask): number {
  return mask.bits.reduce((sum, bit) => sum + bit, 0);
}
