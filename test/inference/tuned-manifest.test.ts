import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Thresholds } from '../../src/inference/manifest.ts';
import { writeTuning } from '../../src/inference/tuned-manifest.ts';

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
  command: 'particled tune --dataset emps --model general --write',
};

it('puts thresholds and their origin into a manifest and leaves every other key and its place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'particled-manifest-'));
  const file = join(folder, 'manifest.json');
  writeFileSync(file, '{"name": "x", "range": [0, 1], "thresholds": {}, "accuracy": []}');
  await writeTuning(folder, thresholds, { ...tuning, images: 1 });
  await writeTuning(folder, thresholds, tuning);
  const text = readFileSync(file, 'utf8');
  const manifest = JSON.parse(text);
  expect(manifest).toEqual({ name: 'x', range: [0, 1], thresholds, tuning, accuracy: [] });
  expect(Object.keys(manifest)).toEqual(['name', 'range', 'thresholds', 'tuning', 'accuracy']);
  expect(text).toContain('"range": [0, 1],\n');
  expect(readdirSync(folder)).toEqual(['manifest.json']);
});
