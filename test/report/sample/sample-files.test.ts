import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overlayPath, sampleFolder, writtenRevision } from '../../../src/report/sample/sample-files.ts';

const temporary = () => mkdtempSync(join(tmpdir(), 'particled-files-'));

describe('the files of a sample', () => {
  it('say by their revision whether they are up to date', async () => {
    const folder = temporary();
    expect(await writtenRevision(folder)).toBe(0);
    writeFileSync(join(folder, 'summary.json'), '{"revision":4}');
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
