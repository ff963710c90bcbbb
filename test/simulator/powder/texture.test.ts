import { describe, expect, it } from 'vitest';
import { displace, readTexture, type TextureKind, textureOf } from '../../../src/simulator/powder/texture.ts';

const kinds: readonly TextureKind[] = ['rough', 'grains', 'cracks', 'pores', 'crumbs'];

describe('a texture', () => {
  it.each(kinds)('%s lies about 0 with a standard deviation of 0.4', (kind) => {
    const texture = textureOf(kind);
    const mean = texture.reduce((sum, value) => sum + value, 0) / texture.length;
    const variance = texture.reduce((sum, value) => sum + (value - mean) ** 2, 0) / texture.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(Math.sqrt(variance)).toBeCloseTo(0.4, 4);
  });

  it('goes on without a seam: it repeats after one period both ways, and is read between its entries', () => {
    const rough = textureOf('rough');
    expect(readTexture(rough, 3.21, -2.4)).toBeCloseTo(readTexture(rough, 0.21, 0.6), 6);
    const [here, next] = [readTexture(rough, 1, 0), readTexture(rough, 1 + 1 / 256, 0)];
    expect(readTexture(rough, 1 + 0.25 / 256, 0)).toBeCloseTo(0.75 * here + 0.25 * next, 6);
  });

  it('displaces points by the rough texture times the length asked for', () => {
    const points = { x: Float64Array.of(0.3, 5), y: Float64Array.of(-0.7, 5) };
    displace(points, 1, 0.1, 2, [0.5, 0.25]);
    // A period of 2 halves the coordinates; x begins at the second offset, y at the first.
    const way = readTexture(textureOf('rough'), 0.15 + 0.25, -0.35 + 0.5);
    expect(points.x[0]).toBeCloseTo(0.3 + 0.1 * way, 6);
    expect([points.x[1], points.y[1]]).toEqual([5, 5]);
  });
});
