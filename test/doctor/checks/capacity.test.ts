import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { judgeCapacity, lookAtCapacity } from '../../../src/doctor/checks/capacity.ts';

describe('memory and cores', () => {
  const segmenter = configSchema.parse({}).segmenter;

  it.each([
    // 0.4 GB and 0.3 GB a segmenter: two take 1.0 GB.
    [{ cores: 2, memoryBytes: 1.0e9 }, {}, 'ok'],
    [{ cores: 2, memoryBytes: 0.99e9 }, {}, 'attention'],
    [{ cores: 2, memoryBytes: 8e9 }, { processes: 2, threadsPerProcess: 2 }, 'attention'],
    [{ cores: 4, memoryBytes: 8e9 }, { processes: 2, threadsPerProcess: 2 }, 'ok'],
    [{ cores: 64, memoryBytes: 2e9 }, { processes: 6, threadsPerProcess: 1 }, 'attention'],
  ])('%j with %j is %s', (look, change, verdict) => {
    expect(judgeCapacity(look, { ...segmenter, ...change }).verdict).toBe(verdict);
  });

  it('are found on this computer', () => {
    const { cores, memoryBytes } = lookAtCapacity();
    expect(cores).toBeGreaterThanOrEqual(1);
    expect(memoryBytes).toBeGreaterThan(100e6);
  });
});
