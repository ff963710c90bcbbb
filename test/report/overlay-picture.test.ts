import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CERTAIN_RGB } from '../../src/report/outline-colours.ts';
import type { OverlayKind } from '../../src/report/overlay.ts';
import { writeOverlay } from '../../src/report/overlay.ts';
import { overlayPicture } from '../../src/report/overlay-picture.ts';
import { overlayPath } from '../../src/report/sample/sample-files.ts';
import { readPixels } from '../../src/watcher/image/pixels.ts';
import { type Premises, premises } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

const square = (x: number, certain: boolean) => ({
  mask: { x, y: 20, width: 30, height: 30, bits: new Uint8Array(900).fill(1) },
  certain,
});
const segments = [square(10, true), square(60, false)];

async function kept(place: Premises, kind: OverlayKind) {
  const [tile] = await simulatedTiles({ rows: 1, columns: 2 });
  writeTiles(place.exportFolder, [tile!]);
  const path = join(place.exportFolder, tile!.file);
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
  const source = {
    overlayPath: overlayPath(join(place.reportFolder, kind), path, hash),
    path,
    databarHeightPx: 0,
  };
  await writeOverlay(source.overlayPath, await readPixels(path, 0), segments, kind);
  return source;
}

describe('a tile with its outlines', () => {
  it('is the same to the last bit, drawn when it was segmented or from its outlines alone', async () => {
    const place = premises();
    const whole = await kept(place, 'pictures');
    const alone = await kept(place, 'outlines');
    const picture = await overlayPicture(alone);
    expect(picture!.data).toEqual((await overlayPicture(whole))!.data);
    const at = (20 * picture!.widthPx + 10) * 3;
    expect([...picture!.data.subarray(at, at + 3)]).toEqual([...CERTAIN_RGB]);
    expect(statSync(alone.overlayPath).size).toBeLessThan(statSync(whole.overlayPath).size / 5);
  });

  it('keeps its outlines as a picture that any program opens, on nothing', async () => {
    const { overlayPath: path } = await kept(premises(), 'outlines');
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(4);
    expect(data[3]).toBe(0);
    const at = (20 * info.width + 10) * 4;
    expect([...data.subarray(at, at + 4)]).toEqual([...CERTAIN_RGB, 255]);
  });

  it('is none where the tile is gone, or its path holds another tile than was measured', async () => {
    const place = premises();
    const source = await kept(place, 'outlines');
    writeFileSync(source.path, (await simulatedTiles({ rows: 1, columns: 2 }))[1]!.bytes);
    expect(await overlayPicture(source)).toBeNull();
    rmSync(source.path);
    expect(await overlayPicture(source)).toBeNull();
  });
});
