import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../src/inference/model/manifest.ts';
import { visibleShareOfField } from '../../../src/inference/model/visible-size.ts';

const input: Manifest['input'] = {
  name: 'image',
  longestSidePx: 960,
  sideMultiplePx: 32,
  valueRange: [0, 1],
};
const recallBySize = {
  ...{ data: 'emps', images: 1, command: '', diameterRecall50Px: 12, diameterRecall80Px: 30 },
  classes: [{ diameterFromPx: 0, diameterBelowPx: null, particles: 4, found: 3, recall: 0.75 }],
};

describe('the smallest size that a model sees', () => {
  it('is to the field what it is to the input', () => {
    expect(visibleShareOfField({ recallBySize, input })).toBe(12 / 960);
    const fixed = { ...input, fixedPx: { width: 600, height: 400 } };
    expect(visibleShareOfField({ recallBySize, input: fixed })).toBe(12 / 600);
  });

  it('is unknown where the manifest does not say, or never half are found', () => {
    expect(visibleShareOfField({ recallBySize: undefined, input })).toBeNull();
    const never = { ...recallBySize, diameterRecall50Px: null };
    expect(visibleShareOfField({ recallBySize: never, input })).toBeNull();
  });
});
