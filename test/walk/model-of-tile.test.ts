import { describe, expect, it } from 'vitest';
import { isSegmentedWith } from '../../src/walk/model-of-tile.ts';
import { tinyManifest } from '../inference/tiny-network.ts';

const wanted = { name: 'low', sha256: 'a'.repeat(64), thresholds: tinyManifest('roi-masks').thresholds };

describe('a tile', () => {
  it('is segmented as wanted by the same network and thresholds', () => {
    expect(isSegmentedWith({ ...wanted }, wanted, undefined)).toBe(true);
    expect(isSegmentedWith({ ...wanted, sha256: 'b'.repeat(64) }, wanted, undefined)).toBe(false);
    expect(isSegmentedWith(null, wanted, undefined)).toBe(false);
  });

  it('and in the arithmetic of now, so that what a doubtful one found can be asked for again', () => {
    expect(isSegmentedWith({ ...wanted, arithmetic: 'as-shipped' }, wanted, 'exact')).toBe(false);
    expect(isSegmentedWith({ ...wanted, arithmetic: 'exact' }, wanted, 'exact')).toBe(true);
    // Versions that knew but one did not say which.
    expect(isSegmentedWith({ ...wanted }, wanted, 'as-shipped')).toBe(true);
  });
});
