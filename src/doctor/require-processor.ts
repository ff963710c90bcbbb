import { readFileSync } from 'node:fs';
import { unfitness } from '../inference/processor.ts';

// Imported before all else: where it lacks an instruction, native modules end the process without a word.
let cpuinfo = '';
try {
  cpuinfo = readFileSync('/proc/cpuinfo', 'utf8');
} catch {
  // Outside Linux nothing is known.
}
const unfit = unfitness(cpuinfo);
if (unfit !== null) {
  console.error(unfit);
  process.exit(1);
}
