import type { Command } from 'commander';
import type { Config } from '../../config/schema.ts';
import type { ConfigSource } from '../../config/source.ts';
import { createLogger } from '../../logger.ts';
import { pixelSizeNm } from '../option-values.ts';
import { analyse } from './analyse.ts';

interface AnalyseFlags {
  readonly config?: string;
  readonly out?: string;
  readonly store?: string;
  readonly model?: string;
  readonly pixelSizeNm?: number;
  readonly filter?: string;
  readonly queue?: string;
  readonly json: boolean;
}

/** `particled analyse`. */
export function analyseCommand(
  program: Command,
  configFlag: readonly [string, string],
  filterFlag: readonly [string, string, (text: string) => string],
  sourceOf: (flags: { readonly config?: string }) => ConfigSource,
  configured: (flags: { readonly config?: string }, overrides: object) => Config,
): void {
  program
    .command('analyse')
    .description('the same walk once over a folder, without a broker')
    .argument('<folder>', 'exported images')
    .option(...configFlag)
    .option('--out <folder>', 'keep report.html, tables, charts, mosaic and overlays of each sample here')
    .option('--store <file>', 'keep results in this database; the same command goes on where it was stopped')
    .option('--model <name>', 'segment every tile with this model; by default each by its magnification')
    .option('--pixel-size-nm <nm>', 'side of a pixel of images that do not say it themselves', pixelSizeNm)
    .option(...filterFlag)
    .option(
      '--queue <url>',
      'have workers segment, behind the tiles of microscopes; over segmenter.queue.url',
    )
    .option('--json', 'print the summaries as in summary.json', false)
    .action((folder: string, flags: AnalyseFlags) => {
      // Without a configuration nothing is known of the grid: what is in the folder is all there is.
      const unknownGrid = { grid: { rows: null, columns: null }, log: { level: 'warn' } };
      const { filter, queue, out = null, store = null, model = null, json } = flags;
      const config = configured(flags, {
        ...(sourceOf(flags).file === null ? unknownGrid : {}),
        ...(flags.pixelSizeNm !== undefined && { instrument: { pixelSizeNm: flags.pixelSizeNm } }),
        ...(filter !== undefined && { statistics: { filter } }),
        ...(queue !== undefined && { segmenter: { queue: { url: queue } } }),
      });
      return analyse(config, { folder, out, store, model, json }, createLogger(config.log));
    });
}
