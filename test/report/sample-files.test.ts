import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  overlayPath,
  sampleFolder,
  writeSampleFiles,
  writtenRevision,
} from '../../src/report/sample-files.ts';

const particle = {
  areaUm2: Math.PI,
  diameterEquivalentUm: 2,
  diameterFeretMinUm: 1.9,
  diameterFeretMaxUm: 2.1,
  perimeterUm: 6.28,
  aspectRatio: 0.9,
  circularity: 1,
  solidity: 0.98,
  centroidStageUm: { x: -10.5, y: 20 },
  centroidPx: { x: 100, y: 50 },
  boxPx: [90, 40, 20, 20] as const,
  touchesBorder: false,
  cutsPx: [],
  objectness: 0.99,
  confidence: 0.8,
  certain: true,
};

function rows(count: number) {
  const path = '/export/a, "b".tif';
  return Array.from({ length: count }, (_, number) => ({
    tileId: 1,
    path,
    site: { row: 2, column: 7 },
    number,
    particle,
  }));
}

const temporary = () => mkdtempSync(join(tmpdir(), 'particled-files-'));

describe('the files of a sample', () => {
  it('hold one line a particle under a line of names with units', async () => {
    const folder = join(temporary(), 'sample', 'run');
    await writeSampleFiles(folder, { revision: 4 }, rows(3000));
    const lines = readFileSync(join(folder, 'particles.csv'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(3001);
    expect(lines[0]).toMatch(/^tile,row,column,number,areaUm2,diameterEquivalentUm,/);
    expect(lines[3000]).toMatch(/^"a, ""b"".tif",2,7,2999,3\.14159,2,/); // quoted as RFC 4180 asks
    expect(new Set(lines.map((line) => line.replace('a, ', '').split(',').length)).size).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['particles.csv', 'summary.json']);
  });

  it('say by their revision whether they are up to date', async () => {
    const folder = temporary();
    expect(await writtenRevision(folder)).toBe(0);
    await writeSampleFiles(folder, { revision: 4 }, []);
    expect(await writtenRevision(folder)).toBe(4);
    writeFileSync(join(folder, 'summary.json'), '{"revi');
    expect(await writtenRevision(folder)).toBe(0);
  });

  it('name overlays after their tiles, safely, and keep namesakes apart', () => {
    const folder = sampleFolder('/reports', 'LiCoO2', '20260101T000000Z');
    const one = overlayPath(folder, '/export/one/tile 1.tiff', 'aaaaaaaa11');
    expect(one).toBe('/reports/LiCoO2/20260101T000000Z/overlays/tile_1-aaaaaaaa.png');
    expect(overlayPath(folder, '/export/two/tile 1.tiff', 'bbbbbbbb11')).not.toBe(one);
  });
});
