import { configSchema } from '../../src/config/schema.ts';
import type { Particle } from '../../src/measure/particle.ts';
import { summaryMessage } from '../../src/publish/compose.ts';
import { assessRun, configuredGoals } from '../../src/run/assessment.ts';
import { digestSettings, runDigest } from '../../src/run/digest.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { openStore, openStoreReadOnly } from '../../src/store/database.ts';
import { fieldsOf } from '../grid/fields.ts';
import { discAt, particlesIn, type Shape } from '../grid/pictured-tiles.ts';
import { exampleRun, seenTile, segmentedTile } from '../store/examples.ts';
import type { Settings } from './premises.ts';

const TILE = { width: 100, height: 60 };

export interface DiscRun {
  readonly rows: number;
  readonly columns: number;
  readonly label?: string;
  readonly overlap?: number;
  readonly seed?: number;
  readonly lastTileAtMs?: number;
  /** The last tile came first. */
  readonly isReversed?: boolean;
  /** What another model finds of the same tiles: every diameter so many times as large. */
  readonly larger?: number;
  /** Its last tile is not there. */
  readonly lacksLast?: boolean;
  /** How it is counted; 100 resamples by default. */
  readonly statistics?: Settings['statistics'];
}

/**
 * A store with a finished run of a powder of discs at 1 um a pixel, as its tiles show them: some across seams and corners,
 * some cut by the outer border, one in eight uncertain. Everything but the network is real.
 * @returns the run's id
 */
export function storeDiscRun(storeFile: string, run: DiscRun): number {
  const {
    rows,
    columns,
    label = 'discs',
    overlap = 0,
    seed = 1,
    lastTileAtMs = 2_000,
    larger = 1,
    statistics,
  } = run;
  const fields = fieldsOf({ rows, columns, ...TILE, overlapX: overlap, overlapY: overlap });
  const discs = discsOver(columns * TILE.width, rows * TILE.height, seed);
  const config = configSchema.parse({
    grid: { rows, columns },
    statistics: { resamples: 100, ...statistics },
  });
  const store = openStore(storeFile);
  try {
    const { id } = store.runs.create({
      ...{ ...exampleRun, sampleLabel: label, sampleId: label.replace(/\W/g, '-'), pixelSizeNm: 1000 },
      name: `run-${seed}`,
    });
    const inOrder = [...fields.entries()].slice(0, run.lacksLast ? -1 : undefined);
    for (const [at, field] of run.isReversed ? inOrder.toReversed() : inOrder) {
      const { file, metadata } = seenTile(id, `${label}-${seed}-${at}`, {
        path: `/export/${label}_${at}.tif`,
      });
      const { tileId } = store.tiles.noteSeen({
        file: { ...file, widthPx: TILE.width, heightPx: TILE.height },
        metadata: { ...metadata, pixelSizeNm: 1000, stagePositionUm: field.stagePositionUm },
        ...{ runId: id, seenAtMs: lastTileAtMs },
      });
      const particles = particlesIn(field, discs).map((one, i) => ({
        ...enlarged(one, larger),
        certain: (at + i) % 8 !== 0,
      }));
      store.results.recordResult(tileId, { ...segmentedTile(particles), site: null }, []);
    }
    const stored = store.runs.get(id)!;
    const reader = openStoreReadOnly(storeFile);
    const digest = runDigest(reader, id, digestSettings(config));
    reader.close();
    store.tiles.place([...digest.sites].map(([tileId, site]) => ({ tileId, site })));
    const now = { final: true, state: 'complete', sufficientAtMs: null, nowMs: 3_000 } as const;
    store.summaries.save(id, 'complete', (revision) =>
      summaryMessage(
        { baseTopic: 'particled', instrument: 'test', softwareVersion: '0', at: new Date(3_000) },
        stored,
        {
          ...{ revision, final: true, state: 'complete', finalised: null, failedTiles: [], limitReached: [] },
          ...{ coverage: digest.coverage, statistics: digest.statistics, notes: digest.notes },
          ...{ duplicateCount: digest.duplicateCount, models: digest.models, setAside: [] },
          ...{ acquisition: digest.acquisition, operator: null, note: null, reviewedBy: [] },
          ...assessRun(digest, configuredGoals(config), now),
        },
      ),
    );
    return id;
  } finally {
    store.close();
  }
}

function enlarged(particle: Particle, factor: number): Particle {
  const { areaUm2, diameterEquivalentUm, diameterFeretMinUm, diameterFeretMaxUm } = particle;
  return {
    ...particle,
    areaUm2: factor ** 2 * areaUm2,
    diameterEquivalentUm: factor * diameterEquivalentUm,
    diameterFeretMinUm: factor * diameterFeretMinUm,
    diameterFeretMaxUm: factor * diameterFeretMaxUm,
  };
}

/** Some eight to a tile's area, log-uniform from 2 to 12 um in radius, no two closer than they are large. */
function discsOver(width: number, height: number, seed: number): Shape[] {
  const { uniform: random } = createRandom(seed);
  const discs: { x: number; y: number; radius: number }[] = [];
  for (let tries = 0; tries < (width * height) / 400; tries++) {
    const disc = { x: width * random(), y: -height * random(), radius: 2 * 6 ** random() };
    const isFree = discs.every(
      ({ x, y, radius }) => Math.hypot(x - disc.x, y - disc.y) > radius + disc.radius + 3,
    );
    if (isFree) discs.push(disc);
  }
  return discs.map(({ x, y, radius }) => discAt(x, y, radius));
}
