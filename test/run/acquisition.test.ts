import { describe, expect, it } from 'vitest';
import { acquisitionSchema } from '../../src/publish/schema/acquisition.ts';
import { acquisitionOf } from '../../src/run/acquisition.ts';
import type { TileMetadata } from '../../src/watcher/metadata/tile-metadata.ts';
import { seenTile } from '../store/examples.ts';

const { metadata } = seenTile(1, 'a');
/** 4 particles on 0.25 mm2. */
const imaged = { areaUm2: 250_000, particles: 4 };

function of(...changes: Partial<TileMetadata>[]) {
  const tiles = changes.map((change) => ({
    metadata: { ...metadata, ...change },
    fieldUm: { width: 96, height: 60 },
  }));
  return acquisitionSchema.parse(acquisitionOf(tiles, imaged));
}

describe('how a run was imaged', () => {
  it('is told once where all tiles are alike', () => {
    expect(
      of({ spotSize: 4.3, workingDistanceMm: 8 }, { spotSize: 4.3, workingDistanceMm: 8 }),
    ).toMatchObject({
      ...{ tiles: 2, imagedAreaMm2: 0.25, particlesPerMm2: 16, detector: 'bsd-all' },
      fieldWidthUm: { min: 96, max: 96 },
      spotSize: { min: 4.3, max: 4.3 },
      workingDistanceMm: { min: 8, max: 8 },
      // The instrument writes the potential of its gun: -15 kV.
      acceleratingVoltageKv: { min: 15, max: 15 },
      microscope: { type: 'PhenomXL', serialNumber: 'MVE-1', softwareVersion: '6.5.0' },
    });
  });

  it('is a range, or mixed, where tiles differ', () => {
    const mixed = of({ highVoltageKv: -5, detector: 'sed' }, { highVoltageKv: -15, detector: 'bsd-all' });
    expect(mixed.acceleratingVoltageKv).toEqual({ min: 5, max: 15 });
    expect(mixed.detector).toBe('mixed: bsd-all, sed');
  });

  it('is null where no file says, and of the others where one does not', () => {
    const { spotSize: _, ...old } = metadata;
    expect(of({ ...old, detector: '', dwellTimeNs: null })).toMatchObject({
      ...{ spotSize: null, detector: null, dwellTimeNs: null, workingDistanceMm: null },
    });
    expect(of({ dwellTimeNs: null }, { dwellTimeNs: 200 }).dwellTimeNs).toEqual({ min: 200, max: 200 });
    const none = acquisitionOf([], { areaUm2: 0, particles: 0 });
    expect(none).toMatchObject({ tiles: 0, imagedAreaMm2: 0, particlesPerMm2: null, magnification: null });
  });

  it('keeps what a file writes short and readable', () => {
    const { detector } = of({ detector: `\u202Esed${'x'.repeat(500)}` });
    expect(detector).toBe(`sed${'x'.repeat(97)}`);
    const many = of(...Array.from({ length: 9 }, (_, i) => ({ detector: `d${i}` })));
    expect(many.detector).toBe('mixed: d0, d1, d2, d3, d4 and others');
  });
});
