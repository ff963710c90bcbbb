import { describe, expect, it } from 'vitest';
import {
  acceptedExport,
  acceptedExportsSchema,
  acceptedFigures,
  premisesChanged,
} from '../../../src/evaluation/exports/accepted-exports.ts';
import { exportsMissing, exportVerdict } from '../../../src/evaluation/exports/export-verdict.ts';
import { outline, rowOf } from './outlines.ts';

const sha256 = 'a'.repeat(64);
const identity = { sha256, model: 'low', pixelSizeNm: 39.9 };
const thresholds = {
  objectnessCertain: 0.7,
  objectnessUncertain: 0.75,
  overlap: 0.5,
  crossOverlap: 0.2,
  maskActivation: 0.5,
  smallestAreaPx: 24,
};
const premises = { processor: 'Abacus, avx2', models: { low: { sha256, thresholds } } };
const accepted = { exports: { 'phenom/a.tiff': acceptedExport(identity, rowOf(2)) } };

describe('accepted exports', () => {
  it('keep their figures and boxes as they were, as text of one line', () => {
    const figures = rowOf(3, {
      certain: 2,
      outlines: [outline(0, 5), outline(20, 5, false), outline(40, 5)],
    });
    const entry = acceptedExport(identity, figures);
    expect(entry).toMatchObject({ boxesCertain: '0,5,10,10 40,5,10,10', boxesUncertain: '20,5,10,10' });
    const file = { schema: 'particled/accepted-exports/1', ...premises, exports: { 'phenom/a.tiff': entry } };
    expect(acceptedExportsSchema.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    const outlines = [outline(0, 5), outline(40, 5), outline(20, 5, false)];
    expect(acceptedFigures(entry)).toMatchObject({ ...figures, outlines });
    const none = acceptedExport(identity, rowOf(0, { areaMedianPx: null, areaMeanPx: null }));
    expect(acceptedFigures(none).outlines).toEqual([]);
  });

  it('are compared by name with an image of the same bytes', () => {
    const verdict = (name: string, changes = {}) =>
      exportVerdict(accepted, name, { ...identity, ...changes }, rowOf(2));
    expect(verdict('phenom/a.tiff').beyond).toEqual([]);
    expect(verdict('phenom/b.tiff')).toMatchObject({ change: null, beyond: ['not accepted yet'] });
    expect(verdict('phenom/a.tiff', { sha256: 'b'.repeat(64) })).toMatchObject({
      change: null,
      beyond: ['another image than the accepted one'],
    });
    expect(verdict('phenom/a.tiff', { model: 'high' }).beyond).toEqual(['model high, was low']);
    expect(verdict('phenom/a.tiff', { pixelSizeNm: null }).beyond).toEqual(['another pixel size']);
  });

  it('are missed in the folders that were looked at only', () => {
    expect(exportsMissing(accepted, ['phenom'], [])).toEqual(['phenom/a.tiff']);
    expect(exportsMissing(accepted, ['phenom'], ['phenom/a.tiff'])).toEqual([]);
    expect(exportsMissing(accepted, ['phe', 'ncm'], [])).toEqual([]);
  });
});

it('says what else is not as it was', () => {
  const now = {
    processor: 'Abacus, avx2 avx512_vnni',
    models: {
      low: { sha256: 'b'.repeat(64), thresholds: { ...thresholds, overlap: 0.6, contained: 0.9 } },
      high: { sha256, thresholds },
    },
  };
  expect(premisesChanged(premises, premises)).toEqual([]);
  expect(premisesChanged(premises, now)).toEqual([
    'model low has other weights',
    'model low: overlap was 0.5, is 0.6',
    'model low: contained was not set, is 0.9',
    'model high was not there',
    'the processor was Abacus, avx2, is Abacus, avx2 avx512_vnni',
  ]);
});
