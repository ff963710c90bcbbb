import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { particled } from '../support/command.ts';
import { premises } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

describe('particled inspect', () => {
  it("prints a file's identity, field, metadata and model", async () => {
    const { exportFolder } = premises();
    const [tile] = await simulatedTiles({ rows: 1, columns: 1, startCentreUm: { x: 12, y: -3 } });
    const [path] = writeTiles(exportFolder, [tile!]);
    const { code, stdout } = await particled('inspect', path!);
    expect(code).toBe(0);
    const { file, fieldUm, metadata, model } = JSON.parse(stdout);
    const contentHash = createHash('sha256').update(tile!.bytes).digest('hex');
    expect(file).toMatchObject({ path, contentHash, widthPx: 320, heightPx: 64 });
    // 320 x 64 px of 250 nm.
    expect(fieldUm).toEqual({ width: 80, height: 16 });
    expect(metadata).toMatchObject({ pixelSizeNm: 250, sampleLabel: 'LiCoO2', databarHeightPx: 0 });
    expect(metadata.stagePositionUm.x).toBeCloseTo(12, 9);
    expect(metadata.stagePositionUm.y).toBeCloseTo(-3, 9);
    // A display of 0.519 m shows a field of 80 um at 6,487.5x.
    expect(metadata.magnification).toBeCloseTo(6487.5, 6);
    expect(metadata.magnificationSource).toBe('file');
    expect(model).toBe('low');
  });

  it('wants a file, not a folder', async () => {
    const { folder } = premises();
    const { code, stderr } = await particled('inspect', folder);
    expect(code).toBe(1);
    expect(stderr).toContain(`${folder}: is a folder; give one exported image`);
  });

  it('says why a file cannot be used', async () => {
    const { folder } = premises();
    const path = join(folder, 'empty.tiff');
    writeFileSync(path, '');
    const { code, stdout, stderr } = await particled('inspect', path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toBe(`${path}: is empty; it is not written yet or damaged`);
  });
});
