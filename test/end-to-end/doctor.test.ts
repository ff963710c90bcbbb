import { describe, expect, it } from 'vitest';
import { particled } from '../support/command.ts';

describe('particled doctor', () => {
  it('finds the shipped models well: file, known answer in both arithmetics, time of a tile', async () => {
    const { stdout, code } = await particled('doctor', '--json');
    expect(code).toBe(0);
    const { processor, models, faults } = JSON.parse(stdout);
    expect(processor).toMatchObject({ model: expect.any(String), features: expect.any(Array) });
    expect(faults).toEqual([]);
    for (const { sha256, findings } of models) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(findings.map(({ what }: { what: string }) => what)).toEqual([
        'saturation',
        ...['known answer, as-shipped', 'tile, as-shipped', 'known answer, exact', 'tile, exact'],
      ]);
    }
  }, 60_000);
});
