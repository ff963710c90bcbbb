import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EvaluateExportsOptions, evaluateExports } from '../../src/commands/evaluate-exports.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { AcceptedExports } from '../../src/evaluation/exports/accepted-exports.ts';
import { particled } from '../support/command.ts';
import { evaluated } from '../support/evaluate-command.ts';
import { premises } from '../support/premises.ts';
import { simulatedTiles, strip, type TileBytes, writeTiles } from '../support/tiles.ts';

let tile: TileBytes;
beforeAll(async () => {
  [tile] = (await simulatedTiles({ rows: 1, columns: 1, seed: 3 })) as [TileBytes];
});

/** A folder with a tile, the same pixels saved by hand, in a folder within, and a file that is no image yet. */
async function exportsFolder(): Promise<string> {
  const { exportFolder } = premises();
  const [path] = writeTiles(exportFolder, [tile]);
  mkdirSync(join(exportFolder, 'again'));
  await sharp(path)
    .toColourspace('b-w')
    .png()
    .toFile(join(exportFolder, 'again', 'saved.png'));
  writeFileSync(join(exportFolder, 'late.tiff'), '');
  return exportFolder;
}

/** The accepted figures of a folder, and what changes them on disk. */
async function acceptedOf(folder: string) {
  const file = join(folder, 'accepted', 'exports.json');
  const { code, stderr } = await particled('evaluate', 'exports', folder, '--accept', file);
  expect({ code, stderr: stderr.trim() }).toEqual({ code: 0, stderr: `${file}: accepted 2 exports` });
  const read = (): AcceptedExports => JSON.parse(readFileSync(file, 'utf8'));
  const edit = (change: (accepted: AcceptedExports) => unknown) => {
    const accepted = read();
    change(accepted);
    writeFileSync(file, JSON.stringify(accepted));
  };
  return { file, read, edit };
}

describe('particled evaluate exports', () => {
  it('shows tiles in micrometres, files without metadata in pixels, and draws both', async () => {
    const folder = await exportsFolder();
    const sheet = join(folder, 'sheets', 'exports.png');
    const { code, stdout } = await particled('evaluate', 'exports', folder, '--sheet', sheet);
    expect(code).toBe(0);
    const number = '\\d+(?:\\.\\d+)?';
    const counts = '( +\\d+){5}';
    expect(stdout).toMatch(
      new RegExp(`^export/again/saved.png +low +-${counts}( +${number} px2){2} +${number} px`, 'm'),
    );
    expect(stdout).toMatch(
      new RegExp(`^export/${tile.file} +low +250${counts}( +${number} um2){2} +${number} um`, 'm'),
    );
    expect(stdout).toContain(
      '1 without metadata: no tiles to the daemon, here judged by low (--model) in pixels',
    );
    expect(stdout).toMatch(/^not judged: .*late\.tiff: is empty/m);
    // Two columns of 960 px, as pictures are never enlarged nor cells made smaller.
    const { width, height } = await sharp(sheet).metadata();
    expect({ width, height }).toEqual({ width: 16 + 2 * 976, height: 52 + strip.heightPx + 80 + 16 });
  });

  it('finds what it accepted again, and says with exit 1 what it does not', async () => {
    const folder = await exportsFolder();
    const accepted = await acceptedOf(folder);
    const saved = accepted.read().exports['export/again/saved.png']!;
    const found = accepted.read().exports[`export/${tile.file}`]!;
    // The same pixels give the same particles; one file says how large they are.
    expect(saved).toMatchObject({ ...found, sha256: saved.sha256, pixelSizeNm: null });
    expect(found.pixelSizeNm).toBe(250);

    const same = await evaluated('exports', folder, '--accepted', accepted.file);
    expect(same.code).toBe(0);
    expect(same.stdout).toContain('none of 2 exports changed by over 1 %');

    accepted.edit(({ exports, models }) => {
      const [first, ...others] = found.boxesCertain.split(' ');
      const boxesCertain = ['0,0,1,1', ...others].join(' ');
      expect(first).toBeDefined();
      exports[`export/${tile.file}`] = { ...found, boxesCertain };
      exports['export/gone.tiff'] = found;
      exports['elsewhere/other.tiff'] = found;
      models.low!.thresholds.overlap = 0.1;
    });
    const changed = await particled('evaluate', 'exports', folder, '--accepted', accepted.file);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toMatch(new RegExp(`^export/${tile.file}: 1 lost, 1 new$`, 'm'));
    expect(changed.stdout).toContain('export/gone.tiff: accepted, gives no figures now');
    expect(changed.stdout).toContain('model low: overlap was 0.1, is 0.5');
    expect(changed.stdout).toContain('2 of 3 exports changed by over 1 %');
    expect(changed.stdout).not.toContain('elsewhere');

    const words = ['--accepted', accepted.file, '--accept', accepted.file, '--json'];
    const renewed = await evaluated('exports', folder, ...words);
    expect(renewed.code).toBe(0);
    expect(JSON.parse(renewed.stdout)).toMatchObject({ missing: ['export/gone.tiff'] });
    expect(Object.keys(accepted.read().exports)).toEqual([`export/${tile.file}`, 'export/again/saved.png']);
  }, 60_000);

  it('says what is wrong with what it is given', async () => {
    const { folder, exportFolder } = premises();
    const refused = (changes: Partial<EvaluateExportsOptions>) => expect(evaluateWith(changes)).rejects;
    const folders = [exportFolder];
    await refused({ folders }).toThrow('no .tif, .tiff or .png');
    await refused({ folders: [join(folder, 'none')] }).toThrow('cannot be listed');
    writeFileSync(join(exportFolder, 'late.tiff'), '');
    await refused({ folders }).toThrow(/no export can be used:\n.*late\.tiff: is empty/);
    writeTiles(exportFolder, [tile]);
    await refused({ folders: [exportFolder, exportFolder] }).toThrow('two exports are called export/');
    await refused({ folders, model: 'grand' }).toThrow('no model named grand');
    const accepted = join(folder, 'accepted.json');
    await refused({ folders, accepted }).toThrow(`write it with --accept ${accepted}`);
    writeFileSync(accepted, '{"schema": "particled/accepted-exports/1"}');
    await refused({ folders, accepted }).toThrow('accepted.json: ');
    const { code, stderr } = await particled('evaluate', 'exports', exportFolder, '--model', 'low', 'high');
    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 1,
      stderr: '--model takes one name here, was given low high; put folders first',
    });
  });
});

function evaluateWith(changes: Partial<EvaluateExportsOptions>): Promise<void> {
  const options = {
    folders: [],
    model: 'low',
    polarity: null,
    sheet: null,
    accepted: null,
    accept: null,
    json: false,
  };
  return evaluateExports(loadConfig(null, {}), { ...options, ...changes });
}
