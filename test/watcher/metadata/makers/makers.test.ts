import { describe, expect, it } from 'vitest';
import type { ReadTileOptions } from '../../../../src/watcher/read-tile.ts';
import { readTile } from '../../../../src/watcher/read-tile.ts';
import { refusalOf, temporaryFolder, written } from '../../fixtures.ts';
import { buildTiff, type TiffParts } from '../../tiff-builder.ts';

const folder = temporaryFolder();
const options: ReadTileOptions = { displayWidthDefaultM: 0.5 };

/** 20 px wide, 16 px high. */
const small = { widthPx: 20, heightPx: 16 };
const tiff = (parts: TiffParts) => written(folder(), 'tile.tif', buildTiff({ ...small, ...parts }).bytes);
const metadataOf = async (parts: TiffParts) => (await readTile(await tiff(parts), options)).metadata;
const refused = async (parts: TiffParts) => {
  const path = await tiff(parts);
  return refusalOf(() => readTile(path, options));
};

const feiIni = (more: Record<string, string> = {}) => {
  const keys = {
    'Beam/HV': '10000',
    'Beam/Beam': 'EBeam',
    'System/SystemType': 'Quanta',
    'Scan/PixelWidth': '2.5e-008',
    'Scan/PixelHeight': '2.5e-008',
    'EBeam/WD': '0.0105',
    'Stage/StageX': '0.00125',
    'Stage/StageY': '-2e-4',
    'Image/ResolutionX': '20',
    'Image/ResolutionY': '14',
    'Detectors/Name': 'ETD',
    'PrivateFei/DatabarHeight': '2',
    ...more,
  };
  const sections = Map.groupBy(Object.entries(keys), ([key]) => key.split('/')[0]);
  return [...sections]
    .map(
      ([name, entries]) =>
        `[${name}]\r\n${entries.map(([key, value]) => `${key.split('/')[1]}=${value}\r\n`).join('')}`,
    )
    .join('\r\n');
};

describe('a file of FEI or Thermo Fisher', () => {
  it('gives size, place, bar and beam, all in SI units', async () => {
    expect(await metadataOf({ texts: { 34682: feiIni() } })).toMatchObject({
      pixelSizeNm: 25,
      pixelSizeSource: 'file',
      stagePositionUm: { x: 1250, y: -200 },
      stageAxes: 'assumed',
      databarHeightPx: 2,
      detector: 'ETD',
      highVoltageKv: 10,
      workingDistanceMm: 10.5,
      instrumentType: 'Quanta',
      // 0.5 m / (20 px x 25 nm)
      magnification: 1_000_000,
      magnificationSource: 'configured-display-width',
    });
  });

  it('is read where a document of another root than a Phenom’s stands beside the text', async () => {
    const { pixelSizeNm } = await metadataOf({
      texts: { 34682: feiIni() },
      xml: '<Metadata><Core/></Metadata>',
    });
    expect(pixelSizeNm).toBe(25);
  });

  it('has the rows below its scan as the data bar, also where none is declared', async () => {
    const { databarHeightPx } = await metadataOf({
      texts: { 34682: feiIni({ 'PrivateFei/DatabarHeight': '0' }) },
    });
    expect(databarHeightPx).toBe(2);
  });

  it.each([
    ['resized', { 'Image/ResolutionX': '40', 'Image/ResolutionY': '28' }, 'scanned 40 x 28 px'],
    [
      'without a pixel size',
      { 'Scan/PixelWidth': '' },
      'Scan/PixelWidth in the FEI text (TIFF tag 34682) is ""',
    ],
    ['of oblong pixels', { 'Scan/PixelHeight': '2.6e-008' }, 'expected a square one'],
    [
      'in another unit',
      { 'Scan/PixelWidth': '25', 'Scan/PixelHeight': '25' },
      'has a pixel of 25000000000 nm',
    ],
  ])('is set aside when it is %s', async (_, keys, reason) => {
    const refusal = await refused({ texts: { 34682: feiIni(keys) } });
    expect(refusal.code).toBe('bad-metadata');
    expect(refusal.message).toContain(reason);
  });
});

const zeiss = (store = '20 * 16') =>
  [
    ...['0', '0', '1.5', 'DP_IMAGE_STORE', `Store resolution = ${store}`],
    ...['AP_ACTUALKV', 'EHT = 5.00 kV', 'AP_WD', 'WD =  6.1 mm', 'DP_DETECTOR_CHANNEL', 'Signal A = SE2'],
    ...['AP_IMAGE_PIXEL_SIZE', 'Image Pixel Size = 1.25 µm', 'AP_PIXEL_SIZE', 'Pixel Size = 99 nm'],
    ...['AP_STAGE_AT_X', 'Stage at X = 62.345 mm', 'AP_STAGE_AT_Y', 'Stage at Y = -1.5 mm'],
    ...['SV_SERIAL_NUMBER', 'Serial No. = SUPRA-1', 'AP_DATE', 'Date :05 Mar 2019', ''],
  ].join('\r\n');

describe('a file of Zeiss', () => {
  // Latin-1, as SmartSEM writes it: the micro sign is the one byte B5.
  const text = (store?: string) => Buffer.from(zeiss(store), 'latin1');

  it('gives size, place and beam by the keys above its lines', async () => {
    expect(await metadataOf({ texts: { 34118: text() } })).toMatchObject({
      pixelSizeNm: 1250,
      stagePositionUm: { x: 62_345, y: -1500 },
      databarHeightPx: 0,
      detector: 'SE2',
      highVoltageKv: 5,
      workingDistanceMm: 6.1,
      instrumentId: 'SUPRA-1',
    });
  });

  it('is set aside when it has another size than the microscope stored', async () => {
    const refusal = await refused({ texts: { 34118: text('40 * 32') } });
    expect(refusal.message).toContain('scanned 40 x 32 px; it was resized or cut');
  });
});

describe('a file of ImageJ', () => {
  const described = (lines: string, perUnit: readonly [number, number] = [8, 1]): TiffParts => ({
    texts: { 270: `ImageJ=1.54f\n${lines}\n` },
    ratios: { 282: perUnit, 283: perUnit },
  });

  it.each([
    // 8 pixels are one unit.
    ['micron', 125],
    ['\\u00B5m', 125],
    ['um', 125],
    ['nm', 0.125],
    ['mm', 125_000],
  ])('has pixels of one unit (%s) over XResolution', async (unit, pixelSizeNm) => {
    expect((await metadataOf(described(`unit=${unit}`))).pixelSizeNm).toBeCloseTo(pixelSizeNm, 9);
  });

  it.each(['pixel', 'inch', ''])('has no size in the unit %j, and is told how to get one', async (unit) => {
    const refusal = await refused(described(`unit=${unit}`));
    expect(refusal.code).toBe('no-metadata');
    expect(refusal.message).toContain('saved by ImageJ, which knew no scale');
  });

  it('has no place', async () => {
    expect((await metadataOf(described('unit=um'))).stagePositionUm).toBeNull();
  });
});

const ome = (attributes: string, plane = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">` +
  `<Image ID="Image:0"><Pixels ID="Pixels:0" SizeX="20" SizeY="16" ${attributes}>${plane}</Pixels></Image></OME>`;

describe('an OME-TIFF', () => {
  it('has a physical size, in µm where no unit stands there', async () => {
    const described = ome(
      'PhysicalSizeX="0.05" PhysicalSizeY="50" PhysicalSizeYUnit="nm"',
      '<Plane PositionX="3" PositionXUnit="mm" PositionY="-4" PositionYUnit="µm"/>',
    );
    expect(await metadataOf({ texts: { 270: described } })).toMatchObject({
      pixelSizeNm: 50,
      stagePositionUm: { x: 3000, y: -4 },
    });
  });

  it('has no place in a reference frame that nobody knows', async () => {
    const described = ome('PhysicalSizeX="1" PhysicalSizeY="1"', '<Plane PositionX="3" PositionY="4"/>');
    expect((await metadataOf({ texts: { 270: described } })).stagePositionUm).toBeNull();
  });

  it.each([
    [
      'of another size',
      ome('PhysicalSizeX="1" PhysicalSizeY="1"').replace('"20"', '"40"'),
      'scanned 40 x 16 px',
    ],
    ['in pixels', ome('PhysicalSizeX="1" PhysicalSizeXUnit="pixel" PhysicalSizeY="1"'), 'PhysicalSizeX'],
  ])('is set aside when it is %s', async (_, described, reason) => {
    const refusal = await refused({ texts: { 270: described } });
    expect(refusal.code).toBe('bad-metadata');
    expect(refusal.message).toContain(reason);
  });
});
