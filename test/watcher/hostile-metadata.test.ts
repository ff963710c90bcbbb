import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnusableFileError } from '../../src/errors.ts';
import { parseFeiImage } from '../../src/watcher/metadata/fei-image.ts';
import type { TileMetadata } from '../../src/watcher/metadata/tile-metadata.ts';
import { type FeiParts, feiXml, refusalOf } from './fixtures.ts';

const parse = (xml: string): TileMetadata =>
  parseFeiImage(xml, 'tile.tiff', { widthPx: 1000, heightPx: 600 }, 0.5);
const parsed = (parts: FeiParts): TileMetadata => parse(feiXml(parts));
const refused = (parts: FeiParts): Promise<UnusableFileError> => refusalOf(() => parsed(parts));

describe('hostile metadata', () => {
  it('is refused at once for a DOCTYPE', async () => {
    const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE FeiImage [<!ENTITY e0 "ha">${entities.join('')}]>`;
    const refusal = await refusalOf(() =>
      parse(feiXml({ label: '&e9;' }).replace('<FeiImage', `${bomb}<FeiImage`)),
    );
    expect(refusal.code).toBe('bad-metadata');
    expect(refusal.message).toContain('DOCTYPE');
  });

  it('is refused for nesting beyond 32 levels', async () => {
    const nested = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels);
    expect(parsed({ more: nested(30) }).pixelSizeNm).toBe(10);
    for (const levels of [40, 100_000]) {
      expect((await refused({ more: nested(levels) })).code).toBe('bad-metadata');
    }
  });

  it('is refused for more tags or attributes than any microscope writes, before they are parsed', async () => {
    const attributes = Array.from({ length: 3000 }, (_, i) => `a${i}=""`).join(' ');
    for (const more of ['<a/>'.repeat(3000), `<a ${attributes}/>`]) {
      const refusal = await refused({ more });
      expect(refusal.code).toBe('bad-metadata');
      expect(refusal.message).toMatch(/holds 3\d\d\d tags and attributes, over 2000/);
    }
    expect(parsed({ more: '<a/>'.repeat(1500) }).pixelSizeNm).toBe(10);
  });

  it('does no harm with keys that JavaScript reserves', () => {
    const evil = '<polluted>yes</polluted>';
    const more = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']
      .map((key) => `<${key} __proto__="yes" constructor="yes">${evil}</${key}>`)
      .join('');
    expect(parsed({ more }).pixelSizeNm).toBe(10);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  for (const [name, xml] of [
    ['another root', '<svg><pixelWidth unit="nm">10</pixelWidth></svg>'],
    ['half a document', feiXml().slice(0, 300)],
    ['no XML', 'pixelWidth=10'],
    ['an open tag', feiXml({ more: '<a>' })],
    ['over 1 MiB', feiXml({ more: ' '.repeat(1024 * 1024) })],
  ] as const) {
    it(`is refused as ${name}`, async () => {
      expect((await refusalOf(() => parse(xml))).code).toBe('bad-metadata');
    });
  }

  it('never ends in anything but metadata or a refusal', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '&',
      ';',
      '<a',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '=',
      '"',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
        try {
          parsed({ more: pieces.join('') });
        } catch (error) {
          expect(error).toBeInstanceOf(UnusableFileError);
        }
      }),
    );
  });
});
