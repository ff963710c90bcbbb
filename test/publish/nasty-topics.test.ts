import fc from 'fast-check';
import { expect, it } from 'vitest';
import { topicSegment, topicsOf } from '../../src/publish/topics.ts';
import { overlayPath, sampleFolder } from '../../src/report/sample/sample-files.ts';

const nasty = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '../../etc',
    'a/b',
    '+',
    '#',
    '$SYS',
    'a\0b',
    'con\r\nfig',
    '-rf',
    '~',
    '\u202e',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

it('a label of any kind is one level of a topic, no operator of MQTT, and one folder', () => {
  fc.assert(
    fc.property(nasty, (label) => {
      const id = topicSegment(label);
      expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);
      expect(
        topicsOf({ baseTopic: 'particled', instrument: 'test' }).run(id, 'r').summary.split('/'),
      ).toHaveLength(7);
      expect(sampleFolder('/reports', id, 'r')).toBe(`/reports/${id}/r`);
    }),
  );
});

it('the overlay of a file of any name lies in its folder', () => {
  fc.assert(
    fc.property(nasty, (name) => {
      expect(overlayPath('/r', `/export/${name}`, '0123456789')).toMatch(
        /^\/r\/overlays\/[^/\0\r\n]*-01234567\.png$/,
      );
    }),
  );
});
