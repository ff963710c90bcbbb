import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Particle } from '../../src/measure/particle.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import type { OutboxMessage } from '../../src/store/outbox.ts';
import type { SegmentedTile } from '../../src/store/results.ts';
import type { NewRun } from '../../src/store/runs.ts';
import type { SeenTile } from '../../src/store/tiles.ts';
import type { TileMetadata } from '../../src/watcher/metadata/tile-metadata.ts';

/** The path of a database that does not exist yet, in a folder that goes away after the test. */
export function storePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'particled-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'particled.sqlite');
}

/** A store with one run, closed after the test. */
export function storeWithRun(path = storePath()): { store: Store; runId: number; path: string } {
  const store = openStore(path);
  onTestFinished(() => {
    try {
      store.close();
    } catch {
      // The test has closed it.
    }
  });
  return { store, runId: store.runs.create(exampleRun).id, path };
}

export const exampleRun: NewRun = {
  sampleLabel: 'Li1_1F0',
  sampleId: 'li1-1f0-12345678',
  name: '20260102T030405Z',
  folder: '/export/monday',
  instrumentId: 'MVE-1',
  pixelSizeNm: 50,
  createdAtMs: 1_000,
};

const metadata: TileMetadata = {
  pixelSizeNm: 50,
  stagePositionUm: { x: 3.5, y: 31.5 },
  magnification: 5_406,
  magnificationSource: 'file',
  sampleLabel: 'Li1_1F0',
  instrumentId: 'MVE-1',
  instrumentType: 'PhenomXL',
  softwareVersion: '6.5.0',
  acquiredAt: '2026-01-02T03:04:05',
  databarHeightPx: 0,
  scanRotationRad: 0,
  detector: 'bsd-all',
  highVoltageKv: -15,
  workingDistanceMm: null,
  dwellTimeNs: 400,
  integrations: 1,
};

/** A tile of 1920 x 1200 px at 50 nm whose content is `content`. */
export function seenTile(
  runId: number,
  content: string,
  { path = `/export/monday/${content}.tiff`, seenAtMs = 2_000, databarHeightPx = 0 } = {},
): SeenTile {
  const contentHash = createHash('sha256').update(content).digest('hex');
  const file = { path, contentHash, sizeBytes: 2_304_000, modifiedAtMs: 1_500.25 };
  return {
    file: { ...file, widthPx: 1920, heightPx: 1200 },
    metadata: { ...metadata, databarHeightPx },
    runId,
    seenAtMs,
  };
}

/** A particle whose every figure differs, so that no two columns can be mistaken for each other. */
export function exampleParticle(areaUm2: number, certain = true): Particle {
  return {
    areaUm2,
    diameterEquivalentUm: 1.5,
    diameterFeretMinUm: 1.25,
    diameterFeretMaxUm: 2.5,
    perimeterUm: 6.5,
    aspectRatio: 0.5,
    circularity: 0.875,
    solidity: 0.9375,
    centroidStageUm: { x: 12.5, y: -7.25 },
    centroidPx: { x: 100.5, y: 200.25 },
    boxPx: [90, 180, 25, 50],
    touchesBorder: !certain,
    cutsPx: certain ? [] : [{ side: 'left', fromPx: 180, toPx: 199 }],
    objectness: 0.75,
    confidence: 0.625,
    certain,
  };
}

export function segmentedTile(
  particles: readonly Particle[],
  outlines: SegmentedTile['outlines'] = null,
): SegmentedTile {
  return {
    particles,
    outlines,
    model: { name: 'low', sha256: 'a'.repeat(64), thresholds: { objectnessCertain: 0.6 } },
    quality: { contrast: 0.5 },
    sight: { looks: 5, limitsReached: ['proposals'] },
    site: { row: 2, column: 3 },
  };
}

export function message(topic: string, payload: object = { text: topic }): OutboxMessage {
  return { topic, retain: false, payload };
}
