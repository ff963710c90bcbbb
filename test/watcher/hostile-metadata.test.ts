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

/** As much as a document of 128 KiB holds beside what a tile needs. */
const MANY = 120_000;

function fastestMs(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

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
    ['over 128 KiB', feiXml({ more: ' '.repeat(128 * 1024) })],
  ] as const) {
    it(`is refused as ${name}`, async () => {
      expect((await refusalOf(() => parse(xml))).code).toBe('bad-metadata');
    });
  }

  // What each is bounded by: tags, attributes, else the size of the document.
  for (const [name, more, refusal] of [
    ['elements', '<a/>'.repeat(MANY / 4), /over 4000 tags/],
    [
      'attributes',
      `<a ${Array.from({ length: MANY / 10 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      /over 1000 attr/,
    ],
    ['names without values', `<a ${'b '.repeat(MANY / 2)}/>`, /not well-formed/],
    ['processing instructions', `<?${'x '.repeat(MANY / 2)}?>`, null],
    ['references', '&amp;'.repeat(MANY / 5), null],
  ] as const) {
    it(`holds the event loop with as many ${name} as fit no longer than some tens of sound documents`, async () => {
      if (refusal === null) parsed({ more });
      else expect((await refused({ more })).message).toMatch(refusal);
      // A sound document of 100 elements as the unit: 128 KiB hold 30 times its bytes.
      const sound = fastestMs(() => parsed({ more: '<key unit="nm">10</key>'.repeat(100) }));
      const hostile = fastestMs(() => {
        try {
          parsed({ more });
        } catch {}
      });
      expect(hostile / sound).toBeLessThan(150);
    });

    it(`is refused for a megabyte of ${name}`, async () => {
      expect((await refused({ more: more.repeat(10) })).message).toMatch(/over 131072 bytes of metadata/);
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
