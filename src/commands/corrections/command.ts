import type { Command } from 'commander';
import type { Config } from '../../config/schema.ts';
import { type CorrectionsExportOptions, exportCorrections } from './export.ts';

type Flags = CorrectionsExportOptions & { readonly config?: string };

/** `particled corrections export`. */
export function correctionsCommand(
  program: Command,
  configFlag: readonly [string, string],
  configured: (flags: { readonly config?: string }) => Config,
): void {
  const command = program
    .command('corrections')
    .description('what people corrected on the live page, to train on');
  command
    .command('export')
    .description('corrected tiles as images, labels and verdicts that training/ reads, and as COCO')
    .argument('<folder>', 'where to write; an earlier export there is renewed')
    .option(...configFlag)
    .option('--sample <name>', "a sample's label, or its id in topics")
    .option('--run <name>', 'a run of it, as 20261123T210000Z')
    .option('--reviewer <name>', 'tiles that they corrected')
    .option('--since <date>', 'tiles that were corrected on this day or later, as 2026-11-23')
    .action((folder: string, flags: Flags) => exportCorrections(configured(flags), folder, flags));
}
