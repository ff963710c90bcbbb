import { describe, expect, it } from 'vitest';
import { premises } from '../support/premises.ts';
import { keptInputs } from './kept-inputs.ts';
import { fuzzTargets } from './targets.ts';
import { trial } from './trial.ts';

describe.each(Object.entries(fuzzTargets))('what %s reads', (name, target) => {
  it('is taken or refused in its own words, within a second and 200 MB, for every seed and kept input', async () => {
    const { folder } = premises();
    for (const input of [...target.seeds, ...keptInputs(name)]) {
      expect(await trial(target, input, folder), input.toString('latin1').slice(0, 200)).toBeNull();
    }
  });
});
