import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { packOnce } from '../../src/dashboard/compressed.ts';

it('a text is packed once for all to whom it is sent, of the last 32', async () => {
  const pack = packOnce();
  const texts = Array.from({ length: 33 }, (_, at) => `${'a tile '.repeat(500)}${at}`);
  const [first = '', second = ''] = texts;
  const packed = [pack(first), pack(second)];
  expect([pack(second) === packed[1], pack(first) === packed[0]]).toEqual([true, true]);
  expect(pack(`${first.slice(0, -1)}${0}`)).toBe(packed[0]); // the same, whoever made it
  // Of 33 the second was sent longest ago.
  for (const text of texts.slice(2)) pack(text);
  expect([pack(first) === packed[0], pack(second) === packed[1]]).toEqual([true, false]);
  expect(gunzipSync(await pack(first)).toString()).toBe(first);
});

it('what is larger than any sample is packed anew each time', () => {
  const pack = packOnce();
  const text = 'x'.repeat(1024 * 1024 + 1);
  const [one, other] = [pack(text), pack(text)];
  expect(one === other).toBe(false);
});
