import { describe, expect, it } from 'vitest';
import { type ReadTileOptions, readTile } from '../../../../src/watcher/read-tile.ts';
import { refusalOf, temporaryFolder, written } from '../../fixtures.ts';
import { buildTiff } from '../../tiff-builder.ts';

const folder = temporaryFolder();
const options: ReadTileOptions = { displayWidthDefaultM: 0.5 };
const tiff = () => written(folder(), 'tile.tif', buildTiff({ widthPx: 20, heightPx: 16 }).bytes);
const refused = async () => {
  const path = await tiff();
  return refusalOf(() => readTile(path, options));
};

describe('the text beside an image', () => {
  const hitachi = [
    ...['[SemImageFile]', 'InstructName=SU3500', 'SerialNumber=1234', 'DataSize=20x14', 'PixelSize=24.8'],
    ...['SignalName=BSE', 'AcceleratingVoltage=15000 Volt', 'WorkingDistance=8400 um'],
    ...['StagePositionX=36000000', 'StagePositionY=5000', ''],
  ].join('\r\n');
  const jeol = [
    ...['$CM_FORMAT 1', '$CM_FULL_SIZE 20 14', '$CM_ACCEL_VOLT 15.00', '$CM_SIGNAL SEI'],
    ...[
      '$$SM_MICRON_BAR 160',
      '$$SM_MICRON_MARKER 10um',
      '$CM_STAGE_POS 10.5 -22.125 10 0 0 0',
      '$$SM_WD 10.1',
      '',
    ],
  ].join('\n');

  const beside = async (name: string, text: string | Buffer) => {
    await written(folder(), name, text);
    return readTile(await tiff(), options);
  };

  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${hitachi}`, 'utf16le')],
    ['ASCII', Buffer.from(hitachi)],
  ])('is read as Hitachi writes it, in %s', async (_, text) => {
    const { metadata } = await beside('tile.txt', text);
    expect(metadata).toMatchObject({
      pixelSizeNm: 24.8,
      // The stage moves the sample along x.
      stagePositionUm: { x: -36_000, y: 5 },
      databarHeightPx: 2,
      detector: 'BSE',
      highVoltageKv: 15,
      workingDistanceMm: 8.4,
      instrumentId: '1234',
      instrumentType: 'SU3500',
    });
  });

  it('is read as JEOL writes it: the scale bar over its pixels', async () => {
    const { metadata } = await beside('tile.TXT', jeol);
    // 10 um over 160 px
    expect(metadata).toMatchObject({
      pixelSizeNm: 62.5,
      stagePositionUm: { x: 10_500, y: -22_125 },
      databarHeightPx: 2,
      highVoltageKv: 15,
      detector: 'SEI',
      workingDistanceMm: 10.1,
    });
  });

  it('of somebody else says nothing', async () => {
    await written(folder(), 'tile.txt', 'Notes: PixelSize=24.8 nm?');
    expect((await refused()).code).toBe('no-metadata');
  });

  it('of another size belongs to another image', async () => {
    await written(folder(), 'tile.txt', hitachi.replace('20x14', '1280x960'));
    expect((await refused()).message).toContain('DataSize in the Hitachi text tile.txt');
  });
});
