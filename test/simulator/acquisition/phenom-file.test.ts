import { XMLParser, XMLValidator } from 'fast-xml-parser';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { feiImageXml, type PhenomFacts } from '../../../src/simulator/acquisition/fei-image.ts';
import { phenomTiff } from '../../../src/simulator/acquisition/phenom-file.ts';

const facts: PhenomFacts = {
  pixelSizeNm: 41.5,
  stagePositionUm: { x: 80, y: -30 },
  sampleLabel: 'A<b>&"',
  instrumentId: 'SIM-0001',
  acquiredAt: '2024-02-29T23:59:58',
};

/** 31 x 7: an odd count of pixels, so that the blocks behind them need padding. */
const image = {
  widthPx: 31,
  heightPx: 7,
  pixels: Uint8Array.from({ length: 217 }, (_, i) => (i * 37) % 256),
};

const parsed = (xml: string) =>
  new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(xml).FeiImage;

describe('the FeiImage document', () => {
  it('is well formed and gives back a label full of markup', () => {
    const xml = feiImageXml(facts, image);
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('<databarLabel>A&lt;b&gt;&amp;&quot;</databarLabel>');
    expect(parsed(xml).databarLabel).toBe('A<b>&"');
  });

  it('replaces what XML cannot hold', () => {
    const xml = feiImageXml({ ...facts, sampleLabel: 'a\u0000b\u001bc\ud800d \u{1f9ea}' }, image);
    expect(parsed(xml).databarLabel).toBe('a\ufffdb\ufffdc\ufffdd \u{1f9ea}');
  });

  it('places the tile in metres, the stage’s axes with the opposite sign', () => {
    const document = parsed(feiImageXml(facts, image));
    expect(document.samplePosition).toEqual({ x: '0.00008', y: '-0.00003' });
    expect(document.multiStage.axis).toEqual([
      { '#text': '-0.00008', '@_id': 'X' },
      { '#text': '0.00003', '@_id': 'Y' },
    ]);
  });

  it('states the pixel size in nanometres and the display’s width in metres', () => {
    const document = parsed(feiImageXml({ ...facts, highVoltageKv: -10 }, image));
    expect(document.pixelWidth).toEqual({ '#text': '41.5', '@_unit': 'nm' });
    expect(document.pixelHeight).toEqual(document.pixelWidth);
    expect(document.displayWidth).toBe('0.519');
    expect(document.acquisition.scan.highVoltage).toEqual({ '#text': '-10', '@_unit': 'kV' });
    expect(parsed(feiImageXml({ ...facts, displayWidthM: 0 }, image)).displayWidth).toBe('0');
  });
});

describe('a Phenom TIFF', () => {
  it('gives another reader the same pixels', async () => {
    const { data, info } = await sharp(phenomTiff(image, facts))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([31, 7, 1]);
    expect(new Uint8Array(data)).toEqual(image.pixels);
  });

  it('holds the document in tag 34683, ended by NUL', () => {
    const file = phenomTiff(image, facts);
    const directoryAt = file.readUInt32LE(4);
    const entries = Array.from(
      { length: file.readUInt16LE(directoryAt) },
      (_, i) => directoryAt + 2 + 12 * i,
    );
    const tags = entries.map((at) => file.readUInt16LE(at));
    expect(tags).toEqual(tags.toSorted((one, other) => one - other));
    const entry = entries[tags.indexOf(34683)]!;
    const [type, count, at] = [
      file.readUInt16LE(entry + 2),
      file.readUInt32LE(entry + 4),
      file.readUInt32LE(entry + 8),
    ];
    expect(type).toBe(2);
    expect(file.toString('utf8', at, at + count)).toBe(`${feiImageXml(facts, image)}\0`);
  });

  it('does not decode when cut short', async () => {
    const file = phenomTiff(image, facts);
    await expect(
      sharp(file.subarray(0, file.length - 60))
        .raw()
        .toBuffer(),
    ).rejects.toThrow();
  });

  it('is refused for pixels that do not fill it', () => {
    expect(() => phenomTiff({ ...image, widthPx: 32 }, facts)).toThrow(
      'image holds 217 pixels, expected 32 x 7',
    );
  });
});
