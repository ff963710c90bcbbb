import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { phenomTiff } from '../../src/simulator/acquisition/phenom-file.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, type TileBytes, withMetadata, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

/** What lies between the good tiles, and the word and advice it must be set aside with. */
const refused: Readonly<Record<string, readonly [code: string, reason: RegExp]>> = {
  'empty.tiff': ['empty', /is empty; it is not written yet or damaged/],
  'truncated.tiff': [
    'truncated',
    /ends at byte \d+, but .* reaches to byte \d+; .*not wholly written or damaged/,
  ],
  'notes.tif': [
    'not-an-image',
    /none of a classic TIFF, a PNG, a JPEG or a BMP; export TIFF or PNG, or exclude the file/,
  ],
  'navigation.tif': ['not-grey', /has 3 samples a pixel, expected 1 \(grey\); .*exclude it by a pattern/],
  'edited.tif': ['no-metadata', /no FeiImage metadata .*export it from the microscope again/],
  'screenshot.png': ['no-metadata', /no FeiImage metadata .*export it from the microscope again/],
  'stretched.tiff': [
    'bad-metadata',
    /pixelHeight in .* is "252" "nm", expected pixelWidth \(250 nm\) within 0\.5 %/,
  ],
  'unscaled.tiff': [
    'bad-metadata',
    /pixelWidth in .* is missing, expected a number from .* nm .*export it .* again/,
  ],
  'dark.tiff': ['flat', /has the value 0 \(of 255\) in every pixel; was the detector or the beam off\?/],
};

describe('files that cannot be used, among tiles', () => {
  it('are each set aside with code, reason and advice, are never counted as empty, and the others go on', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const [first, second, third, ...rest] = await simulatedTiles({ rows: 1, columns: 3 });
    expect(rest).toEqual([]);
    const damaged = await unusable(first!);
    // Half of a tile, which is completed once it has been set aside.
    const half = Math.floor(third!.bytes.length / 2);
    writeTiles(place.exportFolder, [
      first!,
      ...damaged,
      second!,
      { ...third!, bytes: third!.bytes.subarray(0, half) },
    ]);
    const daemon = startDaemonProcess(
      place,
      settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 4 } }),
    );
    await until('everything set aside', () => listener.setAside().length >= damaged.length + 1, {
      describe: daemon.stderr,
    });
    expect(listener.setAside().find(({ file }) => file === third!.file)).toMatchObject({
      code: 'truncated',
      mayRecover: true,
    });
    expect(listener.summaries().some(({ final }) => final)).toBe(false);
    appendFileSync(join(place.exportFolder, third!.file), third!.bytes.subarray(half));
    const summary = await listener.finalSummary();

    const said = listener.setAside().filter(({ file }) => file !== third!.file);
    expect(said.map(({ file }) => file).toSorted()).toEqual(Object.keys(refused).toSorted());
    for (const { file, code, reason } of said) {
      expect(`${file}: ${code}`).toBe(`${file}: ${refused[file]?.[0]}`);
      expect(`${file}: ${reason}`).toMatch(refused[file]?.[1] ?? /^$/);
    }
    // The flat image has sound metadata, so it is known as a tile, and as one that could not be segmented.
    expect(summary.failedTiles.map(({ file }) => file)).toEqual(['dark.tiff']);
    expect(summary.statistics.tiles).toBe(3);
    expect(summary.coverage).toMatchObject({ tilesPresent: 4, missing: [] });
    const failed = listener.tiles().filter(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject([{ tile: { file: 'dark.tiff' }, particles: null, counts: null }]);
  });
});

async function unusable(tile: TileBytes): Promise<TileBytes[]> {
  // Of the same scan as the tile, and so of its run.
  const [, acquiredAt = ''] = /<time>([^<]+)</.exec(tile.bytes.toString('latin1')) ?? [];
  const grey = { create: { width: 64, height: 48, channels: 3, background: '#777' } } as const;
  const dark = phenomTiff(
    { widthPx: 320, heightPx: 64, pixels: new Uint8Array(320 * 64) },
    {
      pixelSizeNm: 250,
      stagePositionUm: { x: 240, y: 0 }, // where a fourth tile would stand
      ...{ sampleLabel: 'LiCoO2', instrumentId: 'SIM-0001', acquiredAt },
    },
  );
  return [
    { file: 'empty.tiff', bytes: Buffer.alloc(0) },
    { file: 'truncated.tiff', bytes: tile.bytes.subarray(0, 10_000) },
    { file: 'notes.tif', bytes: Buffer.from('do not forget to vent') },
    { file: 'navigation.tif', bytes: await sharp(grey).tiff().toBuffer() },
    { file: 'edited.tif', bytes: await sharp(grey).toColourspace('b-w').tiff().toBuffer() },
    { file: 'screenshot.png', bytes: await sharp(grey).toColourspace('b-w').png().toBuffer() },
    withMetadata(tile, 'stretched.tiff', '<pixelHeight unit="nm">250<', '<pixelHeight unit="nm">252<'),
    withMetadata(
      tile,
      'unscaled.tiff',
      '<pixelWidth unit="nm">250</pixelWidth>',
      '<pixelWidht unit="nm">250</pixelWidht>',
    ),
    { file: 'dark.tiff', bytes: dark },
  ];
}
