import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Calibration } from '../../../src/inference/model/calibration-schema.ts';
import type { Thresholds } from '../../../src/inference/model/manifest.ts';
import { writeMeasured } from '../../../src/inference/model/tuned-manifest.ts';

const thresholds: Thresholds = {
  objectnessCertain: 0.6,
  objectnessUncertain: 0.7,
  overlap: 0.4,
  crossOverlap: 0.2,
  maskActivation: 0.45,
  smallestAreaPx: 12,
};
const tuning = {
  data: 'emps',
  images: 43,
  ajiPlusMeanBefore: 0.7,
  ajiPlusMeanAfter: 0.75,
  precisionMeanAfter: 0.86,
  recallMeanAfter: 0.9,
  command: 'particled tune --dataset emps --model low --write',
};

const calibration: Calibration = {
  of: 'objectness',
  curve: {
    kind: 'knots',
    knots: [
      [0.25, 0.5],
      [0.75, 0.9],
    ],
  },
  data: 'emps',
  images: 43,
  particles: 900,
  folds: 5,
  expectedCalibrationError: 0.02,
  brierScore: 0.07,
  auroc: 0.93,
  command: 'particled calibrate --dataset emps --model low --write',
};

function manifestFile(): { readonly folder: string; readonly read: () => string } {
  const folder = mkdtempSync(join(tmpdir(), 'particled-manifest-'));
  const file = join(folder, 'manifest.json');
  writeFileSync(file, '{"name": "x", "range": [0, 1], "thresholds": {}, "accuracy": []}');
  return { folder, read: () => readFileSync(file, 'utf8') };
}

it('puts thresholds and their origin into a manifest and leaves every other key and its place', async () => {
  const { folder, read } = manifestFile();
  await writeMeasured(folder, { thresholds, tuning: { ...tuning, images: 1 } });
  await writeMeasured(folder, { thresholds, tuning });
  const manifest = JSON.parse(read());
  expect(manifest).toEqual({ name: 'x', range: [0, 1], thresholds, tuning, accuracy: [] });
  expect(Object.keys(manifest)).toEqual(['name', 'range', 'thresholds', 'tuning', 'accuracy']);
  expect(read()).toContain('"range": [0, 1],\n');
  expect(readdirSync(folder)).toEqual(['manifest.json']);
});

it('keeps what was measured together, whichever came first, and takes out what no longer holds', async () => {
  const { folder, read } = manifestFile();
  await writeMeasured(folder, { calibration });
  await writeMeasured(folder, { tuning });
  const keys = ['name', 'range', 'thresholds', 'tuning', 'calibration', 'accuracy'];
  expect(Object.keys(JSON.parse(read()))).toEqual(keys);
  expect(read()).toContain('[0.25, 0.5],\n');
  await writeMeasured(folder, { thresholds, calibration: undefined });
  expect(JSON.parse(read())).toEqual({ name: 'x', range: [0, 1], thresholds, tuning, accuracy: [] });
});
