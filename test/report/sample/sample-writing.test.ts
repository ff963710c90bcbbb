import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { type SampleRecord, writeSampleFiles } from '../../../src/report/sample/sample-writing.ts';
import { premises } from '../../support/premises.ts';
import { exampleRecord } from '../example-record.ts';

/** The files of a finished sample, which most tests only read. */
let folder: string;
let record: SampleRecord;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'particled-sample-'));
  record = await exampleRecord(folder);
  await writeSampleFiles(folder, record);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the folder of a finished sample', () => {
  it('holds tables, charts, mosaic, crops, page and summary, each of them whole', async () => {
    expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual([
      'charts',
      ...['map-count', 'map-diameter', 'size-distribution'].flatMap((name) => [
        `charts/${name}.png`,
        `charts/${name}.svg`,
      ]),
      'crops',
      ...[1, 2, 3].map((place) => `crops/least-confident-${place}.png`),
      'mosaic-preview.jpg',
      'mosaic.jpg',
      'overlays',
      expect.stringMatching(/^overlays\/a-.*\.png$/),
      'particles.csv',
      'report.html',
      'summary.json',
      'tiles.csv',
    ]);
    const summary: unknown = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
    expect(sampleSummary(summary)).toEqual(record.summary);
    // 1,920 px by 1,200 px in three columns: 4,000 / 3 = 1,333 px by 833 px each.
    expect(await sharp(join(folder, 'mosaic.jpg')).metadata()).toMatchObject({ width: 3999, height: 833 });
  });

  it('lists particles and tiles one a line, with what became of them', () => {
    const linesOf = (name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
    const [names, first] = linesOf('particles.csv');
    expect(names).toMatch(/^tile,row,column,number,areaUm2,diameterEquivalentUm,diameterFeretMinUm,/);
    expect(first).toMatch(/^a\.tiff,0,0,0,3,1\.5,1\.25,/);
    expect(linesOf('particles.csv')).toHaveLength(1 + 3);
    const [head, one, other, ...rest] = linesOf('tiles.csv').map((line) => line.split(','));
    const values = (line: string[] | undefined) =>
      Object.fromEntries(head!.map((name, i) => [name, line?.[i]]));
    expect(values(one)).toMatchObject({
      ...{ file: 'a.tiff', row: '0', column: '0', stageXUm: '3.5', stageYUm: '31.5' },
      ...{ state: 'segmented', reason: '', particlesAll: '3', particlesCertain: '3', contrast: '0.5' },
      leftOut: 'false',
    });
    expect(values(other)).toMatchObject({
      ...{ file: 'b.tiff', state: 'failed', reason: 'the segmenter ended', particlesAll: '', contrast: '' },
    });
    expect(rest).toEqual([]);
  });

  it('says in its table which tiles are left out and why, and shows no particle of them', async () => {
    const { reportFolder: other } = premises();
    cpSync(join(folder, 'overlays'), join(other, 'overlays'), { recursive: true });
    const { contentHash } = record.tiles[0]!.file;
    const tile = { contentHash, file: 'a.tiff', row: 0, column: 0 };
    const imaging = { tiles: [{ ...tile, causes: ['blurred', 'charged'] as const, reason: 'not sharp' }] };
    await writeSampleFiles(other, {
      ...record,
      summary: sampleSummary({ ...record.summary, imaging }),
    });
    const line = readFileSync(join(other, 'tiles.csv'), 'utf8').split('\n')[1];
    expect(line).toContain(`,true,blurred charged,not sharp,${contentHash}`);
    expect(readdirSync(join(other, 'crops'))).toEqual([]);
  });

  it('has no mosaic where tiles have no place on a grid, nor one of an earlier revision', async () => {
    const { reportFolder: again } = premises();
    cpSync(folder, again, { recursive: true });
    await writeSampleFiles(again, {
      ...record,
      tiles: record.tiles.map((tile) => ({ ...tile, site: null })),
      particles: [],
    });
    expect(existsSync(join(again, 'mosaic.jpg'))).toBe(false);
    expect(readFileSync(join(again, 'report.html'), 'utf8')).not.toContain('image/jpeg');
  });
});
