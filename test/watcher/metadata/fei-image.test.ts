import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnusableFileError } from '../../../src/errors.ts';
import { parseFeiImage } from '../../../src/watcher/metadata/fei-image.ts';
import type { TileMetadata } from '../../../src/watcher/metadata/tile-metadata.ts';
import { type FeiParts, feiXml, refusalOf } from '../fixtures.ts';

const DISPLAY_WIDTH_M = 0.5;
const image = { widthPx: 1000, heightPx: 600 };
const parse = (xml: string): TileMetadata => parseFeiImage(xml, 'tile.tiff', image, DISPLAY_WIDTH_M);
const parsed = (parts: FeiParts): TileMetadata => parse(feiXml(parts));
const refused = (parts: FeiParts): Promise<UnusableFileError> => refusalOf(() => parsed(parts));
const nm = (tag: string, value: string): string => `<${tag} unit="nm">${value}</${tag}>`;

describe('the metadata of an image', () => {
  it('is converted to our units', () => {
    const more = `<time>2023-03-10T19:29:33</time><integrations>16</integrations>
      <acquisition><scan>
        <dwellTime unit="ns">200</dwellTime><rotation>0.0145</rotation><detector>bsd-all</detector>
        <highVoltage unit="kV">-15</highVoltage><spotSize>4.3</spotSize>
      </scan></acquisition>
      <workingDistance unit="mm">4.5</workingDistance>
      <instrument><type>PhenomXL</type><softwareVersion>6.5.0</softwareVersion><uniqueID>MVE-1-L</uniqueID></instrument>`;
    expect(parsed({ more, databarHeight: '<databarHeight>40</databarHeight>' })).toEqual({
      pixelSizeNm: 10,
      stagePositionUm: { x: 3.5, y: 31.5 },
      // 0.5 m / (1,000 px x 10 nm) = 0.5 m / 10 um
      magnification: 50_000,
      magnificationSource: 'configured-display-width',
      sampleLabel: 'powder A',
      instrumentId: 'MVE-1-L',
      instrumentType: 'PhenomXL',
      softwareVersion: '6.5.0',
      acquiredAt: '2023-03-10T19:29:33',
      databarHeightPx: 40,
      scanRotationRad: 0.0145,
      detector: 'bsd-all',
      highVoltageKv: -15,
      workingDistanceMm: 4.5,
      dwellTimeNs: 200,
      integrations: 16,
      spotSize: 4.3,
    });
  });

  it('is empty or null where optional parts are missing', () => {
    expect(parsed({})).toMatchObject({
      instrumentId: '',
      acquiredAt: '',
      detector: '',
      scanRotationRad: 0,
      highVoltageKv: null,
      workingDistanceMm: null,
      dwellTimeNs: null,
      integrations: null,
      spotSize: null,
    });
  });

  it('may end with blank lines and start with a byte order mark', () => {
    expect(parse(`\uFEFF${feiXml()}\n\n`).pixelSizeNm).toBe(10);
  });

  it('is refused as missing where there is none, with what to do', async () => {
    for (const xml of ['', ' \n']) {
      const refusal = await refusalOf(() => parse(xml));
      expect(refusal).toMatchObject({ code: 'no-metadata', mayRecover: false });
      expect(refusal.message).toContain('export it from the microscope again');
    }
  });
});

describe('the pixel size', () => {
  // 40 nm in every unit
  for (const [value, unit] of [
    ['40000', 'pm'],
    ['40', 'nm'],
    ['0.04', 'um'],
    ['0.04', '\u00b5m'],
    ['0.04', '\u03bcm'],
    ['4e-05', 'mm'],
    ['4E-8', 'm'],
  ]) {
    it(`is 40 nm written as ${value} ${unit}`, () => {
      const written = (tag: string): string => `<${tag} unit="${unit}">${value}</${tag}>`;
      const { pixelSizeNm } = parsed({
        pixelWidth: written('pixelWidth'),
        pixelHeight: written('pixelHeight'),
      });
      expect(pixelSizeNm).toBeCloseTo(40, 9);
    });
  }

  for (const value of ['NaN', '0', '-10', 'ten', '', '1e999', 'Infinity', '0x10', '10,5', '1e-9', '2e6']) {
    it(`is refused as ${JSON.stringify(value)}`, async () => {
      const refusal = await refused({ pixelWidth: nm('pixelWidth', value) });
      expect(refusal).toMatchObject({ code: 'bad-metadata', mayRecover: false, path: 'tile.tiff' });
      expect(refusal.message).toContain(`pixelWidth in its FeiImage metadata is ${JSON.stringify(value)}`);
      expect(refusal.message).toContain('expected a number from 0.001 to 1000000 nm');
    });
  }

  for (const [name, pixelWidth] of [
    ['without unit', '<pixelWidth>10</pixelWidth>'],
    ['in an unknown unit', '<pixelWidth unit="inch">10</pixelWidth>'],
    ['in a unit named like a method', '<pixelWidth unit="toString">10</pixelWidth>'],
    ['that is missing', '<other/>'],
    ['given twice', nm('pixelWidth', '10').repeat(2)],
  ] as const) {
    it(`is refused ${name}`, async () => {
      const refusal = await refused({ pixelWidth });
      expect(refusal.code).toBe('bad-metadata');
      expect(refusal.message).toContain('pixelWidth');
    });
  }

  it('may differ by 0.5 % between width and height, whose geometric mean it is, and no more', async () => {
    // The root of 10 nm x 10.04 nm; areas in pixels times its square are exact.
    expect(parsed({ pixelHeight: nm('pixelHeight', '10.04') }).pixelSizeNm ** 2).toBeCloseTo(100.4, 9);
    for (const height of ['10.0501', '9.9499']) {
      const refusal = await refused({ pixelHeight: nm('pixelHeight', height) });
      expect(refusal.code).toBe('bad-metadata');
      expect(refusal.message).toContain(`pixelHeight in its FeiImage metadata is "${height}"`);
    }
  });

  it('is read as any number is written', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (sizeNm) => {
        const { pixelSizeNm } = parsed({
          pixelWidth: nm('pixelWidth', String(sizeNm)),
          pixelHeight: nm('pixelHeight', sizeNm.toExponential()),
        });
        expect(pixelSizeNm).toBe(sizeNm);
      }),
    );
  });
});

describe('the magnification', () => {
  it('refers to the display width of the file where there is one', () => {
    // 0.25 m / (1,000 px x 10 nm)
    expect(parsed({ displayWidth: '<displayWidth>0.25</displayWidth>' })).toMatchObject({
      magnification: 25_000,
      magnificationSource: 'file',
    });
  });

  it('refers to the configured display width where the file says 0 or nothing', () => {
    for (const displayWidth of ['<displayWidth>0</displayWidth>', '<other/>']) {
      expect(parsed({ displayWidth })).toMatchObject({
        magnification: 50_000,
        magnificationSource: 'configured-display-width',
      });
    }
  });

  it('is refused for a negative display width or none at all', async () => {
    for (const value of ['-0.5', 'wide', '']) {
      expect((await refused({ displayWidth: `<displayWidth>${value}</displayWidth>` })).code).toBe(
        'bad-metadata',
      );
    }
  });
});

describe('the stage position', () => {
  it('must be there and finite', async () => {
    for (const position of [
      '<other/>',
      '<samplePosition><x>1e-6</x></samplePosition>',
      '<samplePosition><x>1e-6</x><y>NaN</y></samplePosition>',
      '<samplePosition><x>1e-6</x><y>1e999</y></samplePosition>',
    ]) {
      const refusal = await refused({ position });
      expect(refusal.code).toBe('bad-metadata');
      expect(refusal.message).toContain('samplePosition');
    }
  });
});

describe('the data bar', () => {
  it('is a whole number of rows below the height of the image', async () => {
    expect(parsed({ databarHeight: '<databarHeight>599</databarHeight>' }).databarHeightPx).toBe(599);
    for (const databarHeight of ['600', '-1', '1.5', 'none'].map(
      (h) => `<databarHeight>${h}</databarHeight>`,
    )) {
      expect((await refused({ databarHeight })).message).toContain('from 0 to 599');
    }
    expect((await refused({ databarHeight: '' })).message).toContain('databarHeight');
  });
});

describe('the sample label', () => {
  it('loses blanks at its ends, control characters and direction marks', () => {
    expect(parsed({ label: ' a\tb\u0007\u202e&#x85;c\u2028 ' }).sampleLabel).toBe('abc');
  });

  it('keeps slashes, plus signs and markup as typed', () => {
    expect(parsed({ label: 'a/b+#&lt;script&gt; &amp;amp; &#181;m' }).sampleLabel).toBe(
      'a/b+#<script> &amp; µm',
    );
  });

  it('is cut after 200 characters, never inside one', () => {
    expect(parsed({ label: '𝛼'.repeat(300) }).sampleLabel).toBe('𝛼'.repeat(200));
  });

  it('may be empty', () => {
    expect(parsed({ label: '' }).sampleLabel).toBe('');
  });

  for (const reference of ['&#xFFFFFFF;', '&#0;', '&#xD800;', '&bomb;']) {
    it(`is refused with the invalid reference ${reference}`, async () => {
      const refusal = await refused({ label: `a${reference}` });
      expect(refusal.code).toBe('bad-metadata');
      expect(refusal.message).toContain(reference);
    });
  }
});
