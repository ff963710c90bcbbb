import { describe, expect, it } from 'vitest';
import { fibreReliefUm, raisedByFibres } from '../../../src/simulator/imaging/fibre-relief.ts';
import { layPowder } from '../../../src/simulator/powder/powder.ts';
import { type Blemish, layTape, tapeDefaults } from '../../../src/simulator/powder/tape.ts';
import { renderWindow } from '../../../src/simulator/render.ts';

/** Of 2 um radius and 80 um length along x, without a bend, through (10, 5). */
const fibre: Blemish = {
  kind: 'fibre',
  centreUm: { x: 10, y: 5 },
  radiusUm: 2,
  aspectRatio: 20,
  turnRad: 0,
  strength: 0.6,
  rim: 0,
};

describe('a fibre', () => {
  it('is as high as its radius, uneven by a quarter of it, along its axis and nowhere beside it', () => {
    for (const x of [-25, 0, 10, 31, 45]) {
      const ridgeUm = fibreReliefUm(fibre, { x, y: 5 });
      expect(ridgeUm).toBeGreaterThan(1.4);
      expect(ridgeUm).toBeLessThan(2.6);
      expect(fibreReliefUm(fibre, { x, y: 6 })).toBeLessThan(ridgeUm);
      expect(fibreReliefUm(fibre, { x, y: 5 + 2.7 })).toBe(0);
    }
  });

  it('ends after its length', () => {
    expect(fibreReliefUm(fibre, { x: 10 + 40.1, y: 5 })).toBe(0);
    expect(fibreReliefUm(fibre, { x: 10 - 40.1, y: 5 })).toBe(0);
  });
});

describe('powder on a felt of fibres', () => {
  const tape = { ...tapeDefaults, dust: 0, fibres: 0.15 };
  const powder = layPowder({
    origin: { x: -30, y: -30 },
    widthUm: 60,
    heightUm: 60,
    amount: { kind: 'count', particles: 60 },
    sizeDistribution: { kind: 'list', diametersUm: [1.5] },
    seed: 4,
    tape,
  });
  const window = { centre: { x: 0, y: 0 }, widthPx: 300, heightPx: 300, pixelSizeUm: 0.2 };
  const picture = renderWindow(powder, window, { noise: 0, blurPx: 0.5, seed: 1 });

  it('lies on them, so that none is hidden under one', () => {
    const raisedUm = raisedByFibres(
      powder.tape,
      powder.particles.map(({ boxUm }) => boxUm),
    );
    const onFibres = picture.visible.filter(({ particle }) => raisedUm(particle.centreUm) > 0.5);
    expect(onFibres.length).toBeGreaterThan(5);
    for (const { particle, visibleFraction, cutByBorder } of onFibres) {
      // A dot on a flank sinks into it in part, a covered one under its neighbour.
      if (!cutByBorder && particle.overlappedBy.length === 0) expect(visibleFraction).toBeGreaterThan(0.4);
    }
  });

  it('is labelled, and the fibres are not', () => {
    expect(Math.max(...picture.labels)).toBe(picture.visible.length);
    const brightUnlabelled = picture.image.filter((grey, at) => grey > 60 && picture.labels[at] === 0);
    // Bare tape has a grey level of 46 here: what is brighter and no particle is a fibre.
    expect(brightUnlabelled.length).toBeGreaterThan(0.1 * picture.image.length);
  });

  it('lifts nothing where there are no fibres', () => {
    const bare = raisedByFibres(layTape(tapeDefaults, 1), [{ left: 0, right: 1, bottom: 0, top: 1 }]);
    expect(bare({ x: 0.5, y: 0.5 })).toBe(0);
  });
});
