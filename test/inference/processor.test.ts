import { describe, expect, it } from 'vitest';
import { featuresIn, processorText, thisProcessor, unfitness } from '../../src/inference/processor.ts';

describe('the features of a processor', () => {
  it('are read from the first one in /proc/cpuinfo', () => {
    const haswell =
      'processor\t: 0\nflags\t\t: fpu sse4_2 avx avx2 fma\n\nprocessor\t: 1\nflags\t\t: avx512f\n';
    expect(featuresIn(haswell)).toEqual(['sse4_2', 'avx', 'avx2', 'fma']);
    expect(featuresIn('Features\t: fp asimd asimddp i8mm bf16\n')).toEqual(['asimddp', 'i8mm', 'bf16']);
  });

  it('are whole words, and none where they are not told', () => {
    expect(featuresIn('flags : avx512_vnni')).toEqual(['avx512_vnni']);
    expect(featuresIn('')).toEqual([]);
    expect(processorText({ model: 'Z80', features: [] })).toBe('Z80 (features not known)');
  });

  it('must hold SSE4.2 on x86, where they are told', () => {
    expect(unfitness('flags\t\t: fpu sse2 sse4_1\n')).toMatch(/has no SSE4\.2.*use one made since 2009/);
    expect(unfitness('flags\t\t: fpu sse2 sse4_1 sse4_2\n')).toBeNull();
    expect(unfitness('Features\t: fp asimd\n')).toBeNull();
  });

  it('belong to this machine', () => {
    expect(thisProcessor().model).not.toBe('');
  });
});
