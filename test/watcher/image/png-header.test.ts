import { describe, expect, it } from 'vitest';
import { noMakerTexts } from '../../../src/watcher/image/image-header.ts';
import { readImageHeader } from '../../../src/watcher/image/read-image-header.ts';
import { feiXml, refusalOf, temporaryFolder, written } from '../fixtures.ts';
import { buildPng, iTxt, pngChunk, tExt, zTxt } from '../png-builder.ts';

const folder = temporaryFolder();
const png = (bytes: Uint8Array) => written(folder(), 'tile.png', bytes);

describe('the header of a PNG', () => {
  it('is read', async () => {
    const path = await png(buildPng({ early: [tExt('34683', feiXml())] }));
    expect(await readImageHeader(path)).toEqual({
      format: 'png',
      widthPx: 4,
      heightPx: 3,
      bitsPerSample: 8,
      samplesPerPixel: 1,
      unreadable: null,
      pages: 1,
      feiXml: feiXml(),
      isLossy: false,
      makers: noMakerTexts,
    });
  });

  const label = feiXml({ label: 'Li₂O 20 µm' });
  const chunks: [name: string, chunk: Buffer][] = [
    ['tEXt', tExt('34683', label)],
    ['zTXt', zTxt('34683', label)],
    ['iTXt', iTxt('34683', label, false)],
    ['compressed iTXt', iTxt('34683', label, true)],
  ];
  for (const [name, chunk] of chunks) {
    it(`finds metadata in ${name}, before and after the pixels`, async () => {
      const comment = tExt('Comment', 'not it');
      expect((await readImageHeader(await png(buildPng({ early: [comment, chunk] })))).feiXml).toBe(label);
      expect((await readImageHeader(await png(buildPng({ late: [comment, chunk] })))).feiXml).toBe(label);
    });
  }

  it('says null where no text has the keyword 34683', async () => {
    const path = await png(buildPng({ early: [tExt('346831', feiXml()), tExt('3', 'x')] }));
    expect((await readImageHeader(path)).feiXml).toBeNull();
  });

  it('tells colour types by their samples', async () => {
    const samples: number[] = [];
    for (const colourType of [0, 2, 3, 4, 6]) {
      samples.push((await readImageHeader(await png(buildPng({ colourType })))).samplesPerPixel);
    }
    // grey; RGB; palette, counted as its colours; grey and alpha; RGB and alpha
    expect(samples).toEqual([1, 3, 3, 2, 4]);
  });

  it('counts the frames of an animation', async () => {
    const frames = Buffer.from([0, 0, 0, 5, 0, 0, 0, 0]);
    expect((await readImageHeader(await png(buildPng({ early: [pngChunk('acTL', frames)] })))).pages).toBe(5);
  });

  it('refuses 65,536 px a side', async () => {
    const path = await png(buildPng({ widthPx: 65_536, values: [] }));
    expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
      code: 'too-large',
      mayRecover: false,
    });
  });

  const bombs: [name: string, chunk: Buffer][] = [
    ['plain text over 128 KiB', tExt('34683', 'x'.repeat(128 * 1024))],
    ['text that inflates to 8 MiB', zTxt('34683', 'x'.repeat(8 * 1024 * 1024))],
    ['text that does not inflate', pngChunk('zTXt', Buffer.from('34683\0\0not deflate'))],
  ];
  for (const [name, chunk] of bombs) {
    it(`refuses ${name}`, async () => {
      const path = await png(buildPng({ early: [chunk] }));
      expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
        code: 'bad-metadata',
        mayRecover: false,
      });
    });
  }
});

describe('a PNG that is not wholly there', () => {
  it('is truncated at every length short of the whole', async () => {
    const bytes = buildPng({ early: [tExt('34683', 'short')] });
    for (let length = 1; length < bytes.length; length++) {
      const path = await png(bytes.subarray(0, length));
      const refusal = await refusalOf(() => readImageHeader(path));
      expect([length, refusal.code, refusal.mayRecover]).toEqual([length, 'truncated', true]);
    }
  });

  it('is truncated where its end still reads as zeros', async () => {
    const bytes = buildPng();
    bytes.fill(0, bytes.length - 12);
    const path = await png(bytes);
    expect((await refusalOf(() => readImageHeader(path))).code).toBe('truncated');
  });
});
