import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** What decides how fast a network is computed, and by which kernels. */
export interface Processor {
  readonly model: string;
  /** Of the vector features that onnxruntime has kernels for, those there are, as /proc/cpuinfo writes them. */
  readonly features: readonly string[];
}

const FEATURES = [
  'sse4_2',
  'avx',
  'avx2',
  'fma',
  'avx512f',
  'avx512bw',
  'avx512_vnni',
  'avx_vnni',
  'avx_vnni_int8',
  'amx_int8',
  'avx512_bf16',
  'amx_bf16',
  'asimddp',
  'i8mm',
  'bf16',
];

let known: Processor | undefined;

/** This machine's; outside Linux its features are not known. */
export function thisProcessor(): Processor {
  known ??= readProcessor();
  return known;
}

function readProcessor(): Processor {
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  try {
    return { model, features: featuresIn(readFileSync('/proc/cpuinfo', 'utf8')) };
  } catch {
    return { model, features: [] };
  }
}

/** What a processor lacks that sharp needs on x86; it would end the process by SIGILL. Null where nothing is known. */
export function unfitness(cpuinfo: string): string | null {
  if (!/^flags\s*:/m.test(cpuinfo) || featuresIn(cpuinfo).includes('sse4_2')) return null;
  return 'this processor has no SSE4.2, which decoding of images needs: use one made since 2009';
}

/** In the text of /proc/cpuinfo, where x86 says `flags` and ARM `Features`. */
export function featuresIn(cpuinfo: string): string[] {
  const line = /^(?:flags|Features)\s*:(.*)$/m.exec(cpuinfo)?.[1] ?? '';
  const flags = new Set(line.trim().split(/\s+/));
  return FEATURES.filter((feature) => flags.has(feature));
}

export function processorText({ model, features }: Processor): string {
  return `${model} (${features.join(', ') || 'features not known'})`;
}
