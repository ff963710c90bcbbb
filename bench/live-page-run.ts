import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../src/config/schema.ts';
import type { Outline } from '../src/measure/correction.ts';
import type { Particle } from '../src/measure/particle.ts';
import { summaryMessage } from '../src/publish/compose.ts';
import { assessRun, configuredGoals } from '../src/run/assessment.ts';
import { digestSettings, runDigest } from '../src/run/digest.ts';
import { createRandom } from '../src/simulator/random.ts';
import { openStore, openStoreReadOnly } from '../src/store/database.ts';
import { exampleRun, seenTile, segmentedTile } from '../test/store/examples.ts';

const TILE = { widthPx: 1920, heightPx: 1200 };
const PIXEL_UM = 0.05;
const CORNERS = 48;

export interface StoredScan {
  readonly label: string;
  readonly columns: number;
  /** Of its tiles, row by row. */
  readonly paths: readonly string[];
  readonly particlesPerTile: number;
}

/**
 * A finished run as the segmenters would leave it, its particles made up: what a page costs does not ask who found them.
 * @returns the path of its page
 */
export function storeScan(config: Config, { label, columns, paths, particlesPerTile }: StoredScan): string {
  const store = openStore(config.store.file);
  const sampleId = `bench-${label}`;
  const { uniform } = createRandom(1);
  try {
    const { id, name } = store.runs.create({
      ...{ ...exampleRun, sampleId, sampleLabel: label, pixelSizeNm: 1000 * PIXEL_UM },
    });
    for (const [at, path] of paths.entries()) {
      const { metadata } = seenTile(id, path);
      const place = { x: (at % columns) * TILE.widthPx, y: -Math.floor(at / columns) * TILE.heightPx };
      const stagePositionUm = { x: place.x * PIXEL_UM, y: place.y * PIXEL_UM };
      const contentHash = createHash('sha256').update(readFileSync(path)).digest('hex');
      const { tileId } = store.tiles.noteSeen({
        file: { path, contentHash, sizeBytes: 1, modifiedAtMs: 1, ...TILE },
        metadata: { ...metadata, pixelSizeNm: 1000 * PIXEL_UM, stagePositionUm },
        ...{ runId: id, seenAtMs: 2_000 },
      });
      const blobs = Array.from({ length: particlesPerTile }, () => blob(uniform, stagePositionUm));
      const result = segmentedTile(
        blobs.map(({ particle }) => particle),
        blobs.map(({ outline }) => outline),
      );
      store.results.recordResult(tileId, { ...result, site: null }, []);
    }
    summarise(config, id);
    return `/samples/${sampleId}/${name}`;
  } finally {
    store.close();
  }

  function summarise(config: Config, id: number): void {
    const reader = openStoreReadOnly(config.store.file);
    const digest = runDigest(reader, id, digestSettings(config));
    reader.close();
    store.tiles.place([...digest.sites].map(([tileId, site]) => ({ tileId, site })));
    const now = { final: true, state: 'complete', sufficientAtMs: null, nowMs: 3_000 } as const;
    store.summaries.save(id, 'complete', (revision) =>
      summaryMessage(
        { baseTopic: 'particled', instrument: 'bench', softwareVersion: '0', at: new Date(3_000) },
        store.runs.get(id)!,
        {
          ...{ revision, final: true, state: 'complete', finalised: null, failedTiles: [], limitReached: [] },
          ...{ coverage: digest.coverage, statistics: digest.statistics, notes: digest.notes },
          ...{ duplicateCount: digest.duplicateCount, models: digest.models, setAside: [] },
          ...{ acquisition: digest.acquisition, operator: null, note: null, reviewedBy: [] },
          ...assessRun(digest, configuredGoals(config), now),
        },
      ),
    );
  }
}

/** A bumpy round particle that no border cuts: sizes as those of circles of its mean radius. */
function blob(
  uniform: () => number,
  tileUm: { x: number; y: number },
): { particle: Particle; outline: Outline } {
  const radius = 10 * 6 ** uniform();
  const room = 1.3 * radius;
  const [x, y] = [
    room + uniform() * (TILE.widthPx - 2 * room),
    room + uniform() * (TILE.heightPx - 2 * room),
  ];
  const [lobes, phase] = [3 + Math.floor(5 * uniform()), 6 * uniform()];
  const corners = Array.from({ length: CORNERS }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / CORNERS;
    const r = radius * (1 + 0.1 * Math.sin(lobes * angle + phase));
    return [Math.round(x + r * Math.cos(angle)), Math.round(y + r * Math.sin(angle))];
  }).flat();
  const [xs, ys] = [corners.filter((_, i) => i % 2 === 0), corners.filter((_, i) => i % 2 === 1)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const diameter = 2 * radius * PIXEL_UM;
  const certain = uniform() > 0.15;
  const particle: Particle = {
    ...{ areaUm2: (Math.PI * diameter ** 2) / 4, diameterEquivalentUm: diameter },
    ...{ diameterFeretMinUm: 0.95 * diameter, diameterFeretMaxUm: 1.1 * diameter },
    ...{ perimeterUm: 1.05 * Math.PI * diameter, aspectRatio: 0.7 + 0.3 * uniform() },
    ...{ circularity: 0.8 + 0.2 * uniform(), solidity: 0.96 },
    centroidStageUm: {
      x: tileUm.x + (x - TILE.widthPx / 2) * PIXEL_UM,
      y: tileUm.y - (y - TILE.heightPx / 2) * PIXEL_UM,
    },
    centroidPx: { x, y },
    boxPx: [left, top, Math.max(...xs) - left, Math.max(...ys) - top],
    ...{ touchesBorder: false, cutsPx: [], objectness: 0.9, confidence: certain ? 0.9 : 0.4, certain },
  };
  return { particle, outline: [corners] };
}
