import { emptyGroup } from '../../statistics/group-statistics.ts';
import type {
  MessageName,
  ProgressMessage,
  SetAsideMessage,
  StatusMessage,
  SummaryMessage,
  TileMessage,
} from '../messages.ts';
import { topicSegment } from '../topics.ts';
import { exampleAcquisition } from './example-acquisition.ts';
import { oneParticle, particle } from './example-particle.ts';

interface Examples extends Record<MessageName, object> {
  readonly status: StatusMessage;
  readonly 'set-aside': SetAsideMessage;
  readonly tile: TileMessage;
  readonly progress: ProgressMessage;
  readonly summary: SummaryMessage;
}

const at = '2026-03-14T02:15:04.120Z';
const instrument = 'phenom-1';
const store = '5f0c1c2e7b9a4d3b8e6f1a2b3c4d5e6f';
const sample = { id: topicSegment('Li1 1F0'), label: 'Li1 1F0' };
const run = '20260314T021207Z';
const softwareVersion = '0.1.0';
const model = {
  name: 'low',
  sha256: '0f4c8a1b2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8',
  thresholds: { objectnessCertain: 0.6, smallestAreaPx: 20 },
  arithmetic: 'as-shipped' as const,
};
const coverage = {
  rows: 1,
  columns: 3,
  tilesPresent: 2,
  tilesExpected: 3,
  missing: [{ row: 0, column: 2 }],
  tilesUnseen: 0,
};

/** One message of each kind, as docs/mqtt.md shows them: two tiles of three, one of them failed. */
export const messageExamples: Examples = {
  status: {
    schema: 'particled/status/1',
    sequence: null,
    at,
    store,
    instrument,
    state: 'online',
    health: 'maintenance-required',
    reasons: [
      "the broker takes no message on particled/phenom-1/sample/LiCoO2/run/20260102T030405Z/tile: not authorised; they wait in the store; mend the broker's access list for mqtt.username, or its limit of packets",
    ],
    diagnoses: [
      {
        code: 'broker-refuses',
        state: 'maintenance-required',
        since: at,
        what: 'the broker takes no message on particled/phenom-1/sample/LiCoO2/run/20260102T030405Z/tile: not authorised; they wait in the store',
        limit: null,
        advice: "mend the broker's access list for mqtt.username, or its limit of packets",
      },
    ],
    softwareVersion,
    queue: { waiting: 12 },
  },
  'set-aside': {
    sequence: 4810,
    schema: 'particled/set-aside/1',
    at,
    store,
    instrument,
    file: 'navcam.png',
    code: 'no-metadata',
    reason: 'has no FeiImage metadata, so the size of its pixels is unknown; export it from the microscope',
    mayRecover: false,
  },
  tile: {
    sequence: 4811,
    schema: 'particled/tile/1',
    at,
    store,
    instrument,
    sample,
    run,
    tile: {
      contentHash: '9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de',
      file: '0_30_BO.tiff',
      row: 0,
      column: 0,
      stagePositionUm: { x: 3.5, y: 31.5 },
      acquiredAt: '2026-03-14T03:12:09',
    },
    provenance: { softwareVersion, model, pixelSizeNm: 50, pixelSizeSource: 'file', magnification: 5406 },
    notes: [],
    outcome: 'segmented',
    reason: null,
    counts: { all: 1, certain: 1, uncertain: 0, border: 0 },
    quality: {},
    looks: 1,
    limitReached: [],
    particles: [particle],
  },
  progress: {
    sequence: 4812,
    schema: 'particled/progress/2',
    at,
    store,
    instrument,
    sample,
    run,
    state: 'stalled',
    reason: 'no further tile came (grid.stallAfterS, 900 s); 1 of 3 tiles is missing',
    coverage,
    tilesSegmented: 1,
    tilesFailed: 1,
    tilesWaiting: 0,
    firstTileAt: '2026-03-14T02:12:07.300Z',
    lastTileAt: '2026-03-14T02:12:19.480Z',
    timeToEndS: null,
  },
  summary: {
    sequence: 4813,
    schema: 'particled/summary/3',
    at,
    store,
    instrument,
    sample,
    run,
    revision: 3,
    final: true,
    state: 'stalled',
    finalised: null,
    operator: 'Ada',
    note: 'calcined at 950 °C for 12 h',
    coverage,
    failedTiles: [
      {
        contentHash: '1f3870be274f6c49b3e31a0c6728957f1f3870be274f6c49b3e31a0c6728957f',
        file: '80_30_BO.tiff',
        row: 0,
        column: 1,
        reason: 'the segmenter ended twice while it worked on this tile',
      },
    ],
    duplicateCount: 0,
    acquisition: exampleAcquisition,
    setAside: [
      {
        code: 'other-detector',
        count: 1,
        files: ['80_30_SE.tiff'],
        reason:
          'was made with the detector sed, and those of bsd-all count here; to count these, set instrument.detector or export them under another label',
      },
    ],
    statistics: {
      tiles: 1,
      diameter: 'area',
      all: oneParticle,
      certain: oneParticle,
      uncertain: emptyGroup,
      border: { method: 'weight', cut: 0, joined: 0, diameterD50Shift: 0 },
      detectionLimit: { diameterUm: 0.93, recall: 0.5, figuresBelow: [] },
      uncertaintySpread: {
        areaMean: 0,
        diameterMean: 0,
        diameterD10: 0,
        diameterD50: 0,
        diameterD90: 0,
        diameterByVolumeD50: 0,
      },
      warnings: [],
      resamples: 1000,
    },
    sufficiency: {
      sufficient: false,
      reachedAt: null,
      targetRelativeHalfWidth: 0.05,
      figures: ['d50'],
      relativeHalfWidth: { d10: null, d50: null, d90: null },
      tilesNeeded: null,
    },
    decision: {
      verdict: 'reimage',
      probability: null,
      target: { d50Um: { min: 1.8, max: 2.2 }, probability: 0.95 },
      moreTiles: null,
      reason: '1 tile with 1 particle cannot decide; at least 8 tiles are needed',
    },
    imaging: { tiles: [], edgeBlurMedianPx: 1.12 },
    limitReached: [],
    notes: [],
    reimage: [
      {
        file: '80_30_BO.tiff',
        row: 0,
        column: 1,
        stagePositionUm: { x: 83.5, y: 31.5 },
        causes: ['failed'],
      },
      { file: null, row: 0, column: 2, stagePositionUm: { x: 163.5, y: 31.5 }, causes: ['missing'] },
    ],
    uniformity: {
      diameter: null,
      count: null,
      map: [{ row: 0, column: 0, count: 1, diameterMeanUm: particle.diameterEquivalentUm }],
    },
    provenance: { softwareVersion, models: [model], pixelSizesNm: [50], pixelSizeSource: 'file' },
  },
};
