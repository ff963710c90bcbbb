import { PROTOCOL, type TileJob } from '../../src/queue/contract.ts';
import type { TileResult } from '../../src/segmenter/port.ts';
import { softwareVersion } from '../../src/version.ts';
import { DAEMON } from './parts.ts';

const sha256 = 'a'.repeat(64);

/** A job as a daemon puts it. */
export const jobExample: TileJob = {
  protocol: PROTOCOL,
  ...{ softwareVersion, daemon: DAEMON, contentHash: sha256, fileName: 'r0_c0.tiff' },
  image: { kind: 'bytes' },
  calibration: { databarHeightPx: 0, pixelSizeNm: 250, stagePositionUm: { x: 0, y: 1 }, scanRotationRad: 0 },
  model: { name: 'low', sha256, filesSha256: 'f'.repeat(64) },
  thresholds: {
    ...{ objectnessCertain: 0.5, objectnessUncertain: 0.3, overlap: 0.5, crossOverlap: 0.5 },
    ...{ maskActivation: 0.5, smallestAreaPx: 4 },
  },
  ...{ polarity: 'bright', overlay: 'outlines' },
};

/** A square of 10 px at 250 nm: 6.25 um2. */
export const particle: TileResult['particles'][number] = {
  ...{ areaUm2: 6.25, diameterEquivalentUm: 2.82, diameterFeretMinUm: 2.5, diameterFeretMaxUm: 3.54 },
  ...{ perimeterUm: 10, aspectRatio: 0.71, circularity: 0.79, solidity: 1, centroidStageUm: null },
  ...{ centroidPx: { x: 14.5, y: 14.5 }, boxPx: [10, 10, 10, 10], touchesBorder: false, cutsPx: [] },
  ...{ objectness: 0.9, confidence: 0.8, certain: true },
};

/** What a segmenter finds, with a square outline of each particle. */
export function resultOf(particles: readonly object[]) {
  return {
    ...{ particles, outlines: particles.map(() => [[10, 10, 20, 10, 20, 20, 10, 20]]) },
    quality: {
      ...{ greyMean: 90, greyStandardDeviation: 30, greyP10: 50, greyP90: 140 },
      ...{ blackShare: 0, whiteShare: 0, saturatedShare: 0 },
      ...{ edgeBlurPx: null, rowFlickerGrey: 0.5, rowJitterPx: 0.1 },
    },
    model: { name: 'low', sha256, arithmetic: 'as-shipped' },
    ...{ limitsReached: [], looks: 1, durationsMs: { read: 1, network: 2, combine: 3, measure: 4 } },
  };
}

/** What a worker says with it. */
export function answerOf(result: object) {
  return {
    ...{ kind: 'result', protocol: PROTOCOL, contentHash: sha256, worker: 'bench-1', softwareVersion },
    ...{ result, hasOverlay: false },
  };
}
