import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';

const load = (baseTopic: unknown) => loadConfig(null, {}, { mqtt: { baseTopic } }).mqtt.baseTopic;

describe('mqtt.baseTopic', () => {
  it('is particled where nothing else is said, and may have several levels', () => {
    expect(loadConfig(null, {}).mqtt.baseTopic).toBe('particled');
    expect(load('Werk 1/Linie 2/Körnung')).toBe('Werk 1/Linie 2/Körnung');
    expect(load('a'.repeat(200))).toHaveLength(200);
  });

  it.each([
    ['', 'must have at least 1'],
    ['a'.repeat(201), '200'],
    ['lab/+', 'no wildcard'],
    ['lab#', 'no wildcard'],
    ['$SYS', 'begin with $'],
    ['/lab', 'begin nor end with /'],
    ['lab/', 'begin nor end with /'],
    ['lab//a', '//'],
    ['lab\0', 'no control characters'],
    ['lab\n', 'no control characters'],
    ['lab/ a', 'beside a /'],
    ['lab\ud800', 'no control characters'],
  ])('is not %j, and it says why', (baseTopic, reason) => {
    expect(() => load(baseTopic)).toThrow(/mqtt\.baseTopic/);
    expect(() => load(baseTopic)).toThrow(reason);
  });
});
