import { readFile } from 'node:fs/promises';
import { arch, cpus } from 'node:os';

/** Features on which the sums of a network in 8 bits depend, as Linux names them. */
const FEATURES = ['avx2', 'avx512f', 'avx512_vnni', 'avx_vnni', 'amx_int8', 'asimddp', 'i8mm'];

/** Name and features of this machine's processor; where the system names no features, that is said. */
export async function processorText(): Promise<string> {
  const name = cpus()[0]?.model.trim() || arch();
  const known = await featuresKnown();
  return `${name}, ${known === null ? 'features unknown' : FEATURES.filter((feature) => known.has(feature)).join(' ') || 'no avx2'}`;
}

async function featuresKnown(): Promise<ReadonlySet<string> | null> {
  try {
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(await readFile('/proc/cpuinfo', 'utf8'));
    return line ? new Set(line[1]!.trim().split(/\s+/)) : null;
  } catch {
    return null;
  }
}
