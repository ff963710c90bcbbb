import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { premises } from '../support/premises.ts';

const run = promisify(execFile);

/** Decodes one file in a process of its own, and says what that came to. */
const READ = `
  import { readFileSync } from 'node:fs';
  import { readPixels } from '${new URL('../../src/watcher/image/pixels.ts', import.meta.url)}';
  let refusal = 'decoded';
  try { await readPixels(process.argv[1], 0); } catch (error) { refusal = error.code + ' ' + error.message; }
  // Not resourceUsage: before the program it has the size of who started it.
  const [, peakKb] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  console.log(JSON.stringify({ refusal, peakMb: peakKb / 1024 }));
`;

async function reading(path: string): Promise<{ refusal: string; peakMb: number }> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', READ, path]);
  return JSON.parse(stdout);
}

const grey16 = (side: number) =>
  sharp({
    create: { width: side, height: side, channels: 3, background: '#777' },
    limitInputPixels: false,
  }).toColourspace('grey16');

const forms = {
  'PNG, interlaced': (side: number) => grey16(side).png({ progressive: true, compressionLevel: 9 }),
  PNG: (side: number) => grey16(side).png({ compressionLevel: 9 }),
  'TIFF compressed by LZW': (side: number) => grey16(side).tiff({ compression: 'lzw' }),
  'TIFF in large deflated tiles': (side: number) =>
    grey16(side).tiff({ compression: 'deflate', tile: true, tileWidth: 2048, tileHeight: 2048 }),
};

/**
 * 64 Mpx of 16 bits are 128 MB as decoded, twice that while an interlaced or tiled one is put in order, and 64 MB as
 * 8-bit grey, beside some 100 MB of Node and libvips.
 */
const PEAK_MAX_MB = 700;

describe.each(Object.entries(forms))('a small file of 16-bit grey as %s', (_, write) => {
  it('at the limit of 64 Mpx is decoded in less than 700 MB', async () => {
    const path = join(premises().folder, 'tile');
    await write(8000).toFile(path);
    expect(statSync(path).size).toBeLessThan(2_000_000);
    const { refusal, peakMb } = await reading(path);
    // All its pixels were decoded, or it would not be known that they are alike.
    expect(refusal).toMatch(/^flat /);
    expect(peakMb).toBeLessThan(PEAK_MAX_MB);
  });

  it('over it is refused before it is decoded, with its size and the limit', async () => {
    const path = join(premises().folder, 'tile');
    await write(8192).toFile(path);
    const { refusal, peakMb } = await reading(path);
    expect(refusal).toBe(
      `too-large ${path}: declares an image of 8192 x 8192 px (67.2 Mpx); the limits are 65535 px a side and ` +
        '64 Mpx; export single tiles, not a stitched map',
    );
    expect(peakMb).toBeLessThan(200);
  });
});
