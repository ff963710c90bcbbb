import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Region } from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawMosaic, type MosaicTile } from '../../src/report/mosaic.ts';
import { writeOverlay } from '../../src/report/overlay.ts';
import { contentHashOf } from '../../src/watcher/content-hash.ts';

const WIDTH = 48;
const HEIGHT = 30;

function flat(grey: number) {
  return { widthPx: WIDTH, heightPx: HEIGHT, pixels: new Uint8Array(WIDTH * HEIGHT).fill(grey) };
}

async function tileAt(row: number, column: number, grey: number): Promise<MosaicTile> {
  const overlayPath = join(mkdtempSync(join(tmpdir(), 'particled-mosaic-')), 'overlay.png');
  await writeOverlay(overlayPath, flat(grey), []);
  return {
    row,
    column,
    state: 'segmented',
    overlayPath,
    path: '/gone.tif',
    contentHash: '',
    databarHeightPx: 0,
    sizePx: { width: WIDTH, height: HEIGHT },
    pixelSizeUm: 0.05,
  };
}

/** Mean and spread of red, green and blue over the inner part of a tile of the mosaic. */
async function look(jpeg: Buffer, row: number, column: number) {
  const { channels } = await statsOf(jpeg, {
    left: column * WIDTH + 4,
    top: row * HEIGHT + 4,
    width: WIDTH - 8,
    height: HEIGHT - 8,
  });
  return { mean: channels.map(({ mean }) => mean), spread: channels.map(({ stdev }) => stdev) };
}

/** sharp's statistics are of its input, so the part is made one. */
async function statsOf(jpeg: Buffer, part: Region) {
  return sharp(await sharp(jpeg).extract(part).png().toBuffer()).stats();
}

describe('the mosaic of a grid', () => {
  it('places each tile by row and column, and hatches what is missing', async () => {
    const tiles = [await tileAt(0, 0, 40), await tileAt(1, 1, 200), await tileAt(0, 1, 120)];
    const { jpeg, widthPx, heightPx } = await drawMosaic(tiles, { rows: 2, columns: 2 });
    expect([widthPx, heightPx]).toEqual([2 * WIDTH, 2 * HEIGHT]);
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: widthPx, height: heightPx });
    for (const [row, column, grey] of [
      [0, 0, 40],
      [0, 1, 120],
      [1, 1, 200],
    ] as const) {
      const { mean, spread } = await look(jpeg, row, column);
      for (const value of mean) expect(Math.abs(value - grey)).toBeLessThan(3);
      expect(Math.max(...spread)).toBeLessThan(3);
    }
    // Lines on a ground: no picture has this spread here.
    expect(Math.min(...(await look(jpeg, 1, 0)).spread)).toBeGreaterThan(15);
  });

  it('turns pictures back that the scan has turned', async () => {
    // Bright in the upper half; the scan turned it by a quarter counter-clockwise, so that half lies to the right.
    const grey = (i: number) => (i < (WIDTH * HEIGHT) / 2 ? 200 : 40);
    const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => grey(i));
    const overlayPath = join(mkdtempSync(join(tmpdir(), 'particled-mosaic-')), 'overlay.png');
    await writeOverlay(overlayPath, { widthPx: WIDTH, heightPx: HEIGHT, pixels }, []);
    const turned = { turns: 1, sizePx: { width: HEIGHT, height: WIDTH }, overlayPath } as const;
    const tile: MosaicTile = { ...(await tileAt(0, 0, 0)), ...turned };
    const { jpeg, widthPx, heightPx } = await drawMosaic([tile], { rows: 1, columns: 1 });
    expect([widthPx, heightPx]).toEqual([HEIGHT, WIDTH]);
    const [left, right] = await Promise.all(
      [2, HEIGHT - 10].map(async (x) => statsOf(jpeg, { left: x, top: 4, width: 8, height: WIDTH - 8 })),
    );
    expect(left!.channels[0]!.mean).toBeLessThan(60);
    expect(right!.channels[0]!.mean).toBeGreaterThan(180);
  });

  it('tells failed tiles by red, and left-out ones by what is dim behind amber lines', async () => {
    const failed: MosaicTile = { ...(await tileAt(0, 0, 100)), state: 'failed' };
    const leftOut: MosaicTile = { ...(await tileAt(0, 1, 100)), state: 'left-out' };
    const { jpeg } = await drawMosaic([failed, leftOut], { rows: 1, columns: 2 });
    const red = (await look(jpeg, 0, 0)).mean;
    expect(red[0]! - red[2]!).toBeGreaterThan(20);
    const amber = (await look(jpeg, 0, 1)).mean;
    expect(amber[0]! - amber[2]!).toBeGreaterThan(20);
    expect(amber[2]!).toBeLessThan(70); // half of 100, and lines of 70
  });

  it('shows the tile itself where there is no overlay, without its data bar', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'particled-mosaic-'));
    const path = join(folder, 'tile.png');
    // A ramp of 60 to 80 over a white bar of 10 rows.
    const pixels = Buffer.alloc(WIDTH * (HEIGHT + 10), 255);
    for (let i = 0; i < WIDTH * HEIGHT; i++) pixels[i] = 60 + (i % 21);
    writeFileSync(
      path,
      await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT + 10, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
    );
    const contentHash = await contentHashOf(path);
    const source = { overlayPath: '/none.png', path, contentHash, databarHeightPx: 10 };
    const tile = { ...(await tileAt(0, 0, 0)), ...source };
    const { jpeg } = await drawMosaic([tile], { rows: 1, columns: 1 });
    const { mean } = await look(jpeg, 0, 0);
    expect(Math.abs(mean[0]! - 70)).toBeLessThan(4);
    // Nothing of an image that was written over it.
    const over = await drawMosaic([{ ...tile, contentHash: 'f'.repeat(64) }], { rows: 1, columns: 1 });
    const red = (await look(over.jpeg, 0, 0)).mean;
    expect(red[0]! - red[2]!).toBeGreaterThan(20);
  });

  it('marks a tile whose files are gone as failed', async () => {
    const gone = { ...(await tileAt(0, 0, 100)), overlayPath: '/none.png' };
    const { jpeg } = await drawMosaic([gone], { rows: 1, columns: 1 });
    const { mean } = await look(jpeg, 0, 0);
    expect(mean[0]! - mean[2]!).toBeGreaterThan(20);
  });

  it('keeps outlines in their full colour when it is scaled down', async () => {
    // A tile of 2,000 px in a grid of 8 columns is drawn at a quarter; its outline of two pixels at full strength.
    const side = 2000;
    const overlayPath = join(mkdtempSync(join(tmpdir(), 'particled-mosaic-')), 'overlay.png');
    const bits = new Uint8Array(800 * 800).fill(1);
    await writeOverlay(
      overlayPath,
      { widthPx: side, heightPx: side, pixels: new Uint8Array(side * side).fill(90) },
      [{ mask: { x: 400, y: 400, width: 800, height: 800, bits }, certain: true }],
    );
    const tile = { ...(await tileAt(0, 0, 90)), overlayPath, sizePx: { width: side, height: side } };
    const { jpeg, widthPx } = await drawMosaic([tile], { rows: 1, columns: 8 });
    expect(widthPx).toBe(4000);
    const edge = await statsOf(jpeg, { left: 100, top: 120, width: 1, height: 150 });
    const [red, green] = edge.channels.map(({ mean }) => mean);
    expect(green! - red!).toBeGreaterThan(60); // CERTAIN_RGB has 180 between them, averaged it would have 45
  });

  it('is at most 4,000 px wide and 16 megapixels large, its preview far smaller', async () => {
    const tile = { ...(await tileAt(0, 0, 90)), sizePx: { width: 1920, height: 1200 } };
    const wide = await drawMosaic([tile], { rows: 1, columns: 40 });
    expect(wide.widthPx).toBe(4000);
    const high = await drawMosaic([tile], { rows: 40, columns: 2 });
    expect(high.widthPx * high.heightPx).toBeLessThanOrEqual(16_000_000);
    const { width = 0, height = 0 } = await sharp(high.preview).metadata();
    expect(width * height).toBeLessThanOrEqual(2_500_000);
  });
});
