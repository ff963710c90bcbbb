import type { Command } from 'commander';
import { type CompareOptions, compare } from './compare.ts';

/** `particled compare`. */
export function compareCommand(program: Command): void {
  program
    .command('compare')
    .description(
      'how figures of an archive move from one model to another: two folders of results, run by run',
    )
    .argument('<a>', 'folder of particled analyse --out')
    .argument('<b>', 'another, of the same tiles')
    .option('--out <file>', 'write the table too, as .csv or .parquet')
    .option('--json', 'print as data', false)
    .action((a: string, b: string, options: CompareOptions) => compare(a, b, options));
}
