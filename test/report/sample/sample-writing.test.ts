import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../../src/config/output.ts';
import { summarySchema } from '../../../src/publish/schema/summary.ts';
import { sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { type SampleRecord, writeSampleFiles } from '../../../src/report/sample/sample-writing.ts';
import { premises } from '../../support/premises.ts';
import { exampleRecord } from '../example-record.ts';

const settings = reportSchema.parse({});

/** The files of a finished sample, which most tests only read. */
let folder: string;
let record: SampleRecord;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'particled-sample-'));
  record = await exampleRecord(folder);
  await writeSampleFiles(folder, record, settings);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the folder of a finished sample', () => {
  it('holds tables, charts, mosaic, crops, pages and summary, each of them whole', async () => {
    expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual([
      'charts',
      ...['map-count', 'map-diameter', 'size-distribution', 'size-shape'].flatMap((name) => [
        `charts/${name}.png`,
        `charts/${name}.svg`,
      ]),
      'classes',
      'classes/from-1.5-um.html',
      'crops',
      // Three particles, all certain and whole.
      ...['largest', 'least-round', 'smallest'].flatMap((name) =>
        [1, 2, 3].map((place) => `crops/${name}-${place}.png`),
      ),
      'mosaic-preview.jpg',
      'mosaic.jpg',
      'overlays',
      expect.stringMatching(/^overlays\/a-.*\.png$/),
      'particles.csv',
      'particles.parquet',
      'pieces.csv',
      'pieces.parquet',
      'report.html',
      'summary.json',
      'tiles',
      'tiles.csv',
      'tiles.parquet',
      expect.stringMatching(/^tiles\/a-.*\.html$/),
      'tiles/page.css',
    ]);
    const summary: unknown = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
    expect(summarySchema.parse(summary)).toEqual({ ...record.summary, sequence: null });
    // 1,920 px by 1,200 px in three columns: 4,000 / 3 = 1,333 px by 833 px each.
    expect(await sharp(join(folder, 'mosaic.jpg')).metadata()).toMatchObject({ width: 3999, height: 833 });
  });

  it('has a summary that satisfies the schema it names', () => {
    const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as { schema?: string };
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      read('docs/schemas/summary.schema.json'),
    );
    const summary = read(join(folder, 'summary.json'));
    expect([validate(summary), validate.errors]).toEqual([true, null]);
    const { schema: _, ...nameless } = summary;
    expect(validate(nameless)).toBe(false);
  });

  it('lists particles, pieces and tiles one a line, with what became of them', () => {
    const linesOf = (name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\r\n');
    const [names, first] = linesOf('pieces.csv');
    expect(names).toMatch(/^sampleId,sample,run,tile,row,column,number,particle,notCountedBecause,areaUm2,/);
    expect(first).toMatch(/,a\.tiff,0,0,0,0,,3,1\.5,1\.25,/);
    expect(linesOf('pieces.csv')).toHaveLength(1 + 3);
    expect(linesOf('particles.csv')).toHaveLength(1 + 3);
    const [head, one, other, ...rest] = linesOf('tiles.csv').map((line) => line.split(','));
    const values = (line: string[] | undefined) =>
      Object.fromEntries(head!.map((name, i) => [name, line?.[i]]));
    expect(values(one)).toMatchObject({
      ...{ tile: 'a.tiff', row: '0', column: '0', stageXUm: '3.5', stageYUm: '31.5' },
      ...{ state: 'segmented', reason: '', piecesAll: '3', piecesCertain: '3', particlesCounted: '3' },
      ...{ acquiredAtLocal: '2026-01-02T03:04:05', seenAt: '1970-01-01T00:00:00.000Z', greyMean: '99.5' },
      leftOut: 'false',
    });
    expect(values(other)).toMatchObject({
      ...{ tile: 'b.tiff', state: 'failed', reason: 'the segmenter ended', piecesAll: '', greyMean: '' },
    });
    expect(rest).toEqual([]);
  });

  it('says in its table which tiles are left out and why, and shows no particle of them', async () => {
    const { reportFolder: other } = premises();
    cpSync(join(folder, 'overlays'), join(other, 'overlays'), { recursive: true });
    const { contentHash } = record.tiles[0]!.file;
    const tile = { contentHash, file: 'a.tiff', row: 0, column: 0 };
    const imaging = { tiles: [{ ...tile, causes: ['blurred', 'charged'] as const, reason: 'not sharp' }] };
    const summary = sampleSummary({ ...record.summary, imaging });
    await writeSampleFiles(other, { ...record, summary }, settings);
    const line = readFileSync(join(other, 'tiles.csv'), 'utf8').split('\n')[1];
    const fates = readFileSync(join(other, 'pieces.csv'), 'utf8').match(/,tile left out,/g);
    expect(fates).toHaveLength(3);
    expect(line).toContain(`,true,blurred charged,not sharp,${contentHash}`);
    expect(readdirSync(join(other, 'crops'))).toEqual([]);
  }, 60_000);

  it('has no mosaic where tiles have no place on a grid, nor one of an earlier revision', async () => {
    const { reportFolder: again } = premises();
    cpSync(folder, again, { recursive: true });
    const tiles = record.tiles.map((tile) => ({ ...tile, site: null }));
    await writeSampleFiles(again, { ...record, tiles }, { ...settings, tables: 'csv' });
    // Nor a table of a kind that is no longer wanted.
    expect(readdirSync(again).filter((name) => name.endsWith('.parquet'))).toEqual([]);
    expect(existsSync(join(again, 'mosaic.jpg'))).toBe(false);
    expect(readFileSync(join(again, 'report.html'), 'utf8')).not.toContain('class="mosaic"');
  }, 60_000);
});
