import { expect, it } from 'vitest';
import { labelledPolarity } from '../../src/evaluation/labelled-polarity.ts';
import { draw } from './draw-labels.ts';

const image = { widthPx: 4, heightPx: 1, pixels: Uint8Array.of(50, 70, 60, 61) };

it('is what the labels show, bright without anything to compare', () => {
  // Particles of mean 60 (50 and 70) on ground of 60.5; the other way round brighter.
  expect(labelledPolarity(image, draw('ab..'))).toBe('dark');
  expect(labelledPolarity(image, draw('..ab'))).toBe('bright');
  expect(labelledPolarity(image, draw('....'))).toBe('bright');
  expect(labelledPolarity(image, draw('aaaa'))).toBe('bright');
});
