import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { summarySchema } from '../../../src/publish/schema/summary.ts';
import { tinyModels } from '../../known-answer/answers.ts';
import { type Finished, particled, particledWith } from '../../support/command.ts';
import { premises } from '../../support/premises.ts';
import { simulatedTiles, writeTiles } from '../../support/tiles.ts';

const SLOW_MS = 90_000;

/** `particled analyse` with tiny networks: for what does not hang on the shipped ones, which take seconds to start. */
async function analyseByTiny(folder: string, ...words: string[]): Promise<Finished> {
  const tiny = {
    PARTICLED_MODELS_FOLDER: await tinyModels(folder),
    PARTICLED_SEGMENTER_PROCESSES: '1',
  } as const;
  return particledWith(tiny, 'analyse', ...words);
}

describe('particled analyse', () => {
  it(
    'prints a line for each sample, and each file set aside with the reason',
    async () => {
      const { exportFolder } = premises();
      writeTiles(exportFolder, await simulatedTiles({ rows: 1, columns: 2, sampleLabel: 'one' }));
      writeTiles(exportFolder, await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'two' }));
      writeFileSync(join(exportFolder, 'notes.tif'), 'do not forget to vent');
      const { code, stdout, stderr } = await particled('analyse', exportFolder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('file set aside') });
      const [titles, one, two, aside, ...rest] = stdout.trimEnd().split('\n');
      expect(titles).toMatch(/^sample +state +tiles +particles +uncertain +at border +mean area um2 +D10 um/);
      expect(one).toMatch(/^one +complete +2\/2 +\d+ /);
      expect(two).toMatch(/^two +complete +1\/1 +\d+ /);
      expect(aside).toContain(
        `set aside: ${join(exportFolder, 'notes.tif')} (not-an-image): starts with bytes`,
      );
      expect(rest).toEqual([]);
    },
    SLOW_MS,
  );

  it(
    'prints the summaries as published with --json, and keeps the files of each sample with --out',
    async () => {
      const { folder, exportFolder, reportFolder } = premises();
      writeTiles(exportFolder, await simulatedTiles({ rows: 2, columns: 1, sampleLabel: 'powder' }));
      const { code, stdout } = await analyseByTiny(folder, exportFolder, '--json', '--out', reportFolder);
      expect(code).toBe(0);
      const [summary, ...others] = z.array(summarySchema).parse(JSON.parse(stdout));
      expect(others).toEqual([]);
      expect(summary).toMatchObject({
        final: true,
        state: 'complete',
        sample: { id: 'powder', label: 'powder' },
      });
      expect(summary?.coverage).toMatchObject({ rows: 2, columns: 1, tilesPresent: 2, missing: [] });
      const kept = join(reportFolder, 'powder', summary?.run ?? '');
      expect(JSON.parse(readFileSync(join(kept, 'summary.json'), 'utf8'))).toEqual({
        ...summary,
        sequence: null,
      });
      for (const name of ['particles.csv', 'pieces.csv', 'tiles.csv', 'mosaic.jpg', 'report.html']) {
        expect(existsSync(join(kept, name)), name).toBe(true);
      }
      expect(readdirSync(join(kept, 'overlays'))).toHaveLength(2);
    },
    SLOW_MS,
  );

  it(
    'counts by a filter, and says where one is none',
    async () => {
      const { folder, exportFolder } = premises();
      writeTiles(exportFolder, await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'powder' }));
      const filtered = await analyseByTiny(folder, exportFolder, '--filter', 'areaUm2>0.50', '--json');
      expect(filtered.code, filtered.stderr).toBe(0);
      const [summary] = z.array(summarySchema).parse(JSON.parse(filtered.stdout));
      expect(summary?.statistics.filter).toMatchObject({
        expression: 'areaUm2 > 0.5',
        from: 'configuration',
      });
      const { code, stderr } = await particled('analyse', exportFolder, '--filter', 'areaUm2 > a');
      expect(code).toBe(1);
      expect(stderr).toContain('at character 11 stands "a", expected a number such as 0.8');
    },
    SLOW_MS,
  );

  it(
    'keeps what it found in a store, and lets no other model into it',
    async () => {
      const { folder, exportFolder, storeFile } = premises();
      writeTiles(exportFolder, await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'powder' }));
      const first = await analyseByTiny(folder, exportFolder, '--store', storeFile);
      expect(first.code, first.stderr).toBe(0);
      const other = await analyseByTiny(folder, exportFolder, '--store', storeFile, '--model', 'high');
      expect(other).toMatchObject({ code: 1, stdout: '' });
      expect(other.stderr).toContain(`${storeFile}: holds 1 tile segmented by low (SHA-256`);
    },
    2 * SLOW_MS,
  );

  it(
    'prints what it found although neither overlays nor files can be written',
    async () => {
      const { folder, exportFolder, reportFolder } = premises();
      writeTiles(exportFolder, await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'powder' }));
      writeFileSync(reportFolder, 'in the way');
      const { code, stdout, stderr } = await analyseByTiny(folder, exportFolder, '--out', reportFolder);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^powder +complete +1\/1 +\d+ /m);
      expect(stderr).toContain('overlay not written');
      expect(stderr).toContain('files of the sample not written');
    },
    SLOW_MS,
  );

  it(
    'says which folder it cannot list',
    async () => {
      const { folder } = premises();
      const { code, stdout, stderr } = await analyseByTiny(folder, join(folder, 'nowhere'));
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toContain(join(folder, 'nowhere'));
    },
    SLOW_MS,
  );

  it(
    'makes nothing where models or folder are missing',
    async () => {
      const { folder, exportFolder } = premises();
      const temporary = join(folder, 'tmp');
      mkdirSync(temporary);
      const noModels = { TMPDIR: temporary, PARTICLED_MODELS_FOLDER: join(folder, 'none') };
      const { code, stderr } = await particledWith(noModels, 'analyse', exportFolder);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('cannot list models') });
      await particledWith({ TMPDIR: temporary }, 'analyse', join(folder, 'nowhere'));
      expect(readdirSync(temporary)).toEqual([]);
    },
    SLOW_MS,
  );

  it(
    'says of a folder without images that there is nothing, what is there instead, and fails',
    async () => {
      const { folder, exportFolder } = premises();
      const empty = await analyseByTiny(folder, exportFolder);
      expect({ ...empty, stderr: '' }).toEqual({ code: 1, stdout: '', stderr: '' });
      expect(empty.stderr).toContain(`${exportFolder}: is empty; give the folder into which`);
      for (const name of ['a.gif', 'b.GIF', 'c.txt']) writeFileSync(join(exportFolder, name), 'x');
      const { code, stderr } = await analyseByTiny(folder, exportFolder);
      expect(code).toBe(1);
      expect(stderr).toContain(
        `${exportFolder}: no image to measure among its 3 files (2 with .gif, 1 with .txt); files like `,
      );
      expect(stderr).toContain('export TIFF from the microscope');
    },
    SLOW_MS,
  );

  it(
    'fails where no file of the folder can be used',
    async () => {
      const { folder, exportFolder } = premises();
      writeFileSync(join(exportFolder, 'notes.tif'), 'do not forget to vent');
      const { code, stdout, stderr } = await analyseByTiny(folder, exportFolder);
      expect(code).toBe(1);
      expect(stdout).toContain('notes.tif (not-an-image)');
      expect(stderr).toContain('none of its 1 file can be used');
    },
    SLOW_MS,
  );

  it(
    'lists files whose names no program can use',
    async () => {
      const { folder, exportFolder } = premises();
      writeFileSync(Buffer.from(join(exportFolder, '800\u00b0C.tif'), 'latin1'), 'x');
      const { code, stdout } = await analyseByTiny(folder, exportFolder);
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: expect.stringContaining('800\uFFFDC.tif (unreadable): has a name that is not UTF-8'),
      });
    },
    SLOW_MS,
  );
});
