import { type Command, Option } from 'commander';
import { faultNames } from '../simulator/acquisition/fault-names.ts';
import { presets } from '../simulator/acquisition/preset.ts';
import { wholeNumber } from './option-values.ts';
import { simulate, simulateDefaults } from './simulate.ts';
import { datasetStyles, type SimulateDatasetOptions, simulateDataset } from './simulate-dataset.ts';

/** `particled simulate` and `simulate dataset`: tiles and training images of a powder that is known. */
export function simulateCommands(program: Command): void {
  const simulateCommand = program
    .command('simulate')
    .description('a virtual microscope: writes a grid of tiles and the truth')
    .requiredOption('--out <folder>', 'where to write')
    .addOption(
      new Option('--preset <name>', 'sample and magnification')
        .choices(Object.keys(presets))
        .default(simulateDefaults.preset),
    )
    .option('--rows <n>', "rows of tiles; the preset's by default", wholeNumber(1))
    .option('--columns <n>', "columns of tiles; the preset's by default", wholeNumber(1))
    .option('--label <text>', 'sample label')
    .option('--seed <n>', 'the same seed gives the same pixels', wholeNumber(0), simulateDefaults.seed)
    .option('--interval-ms <n>', 'pause between two tiles', wholeNumber(0), simulateDefaults.intervalMs)
    .option(
      '--overlap <share>',
      'share of a tile that its neighbour shows too',
      Number,
      simulateDefaults.overlap,
    )
    .addOption(new Option('--fault <name...>', 'what goes wrong').choices(faultNames))
    .action(simulate);

  simulateCommand
    .command('dataset')
    .description('labelled training images into --out, with the truth of each particle; --seed as for a grid')
    .configureHelp({ showGlobalOptions: true })
    .requiredOption('--count <n>', 'images', wholeNumber(1))
    .option('--size <px>', 'width and height of each', wholeNumber(64), 512)
    .addOption(new Option('--style <name>', 'kind of micrograph').choices(datasetStyles).default('mixed'))
    .action((_options, command: Command) =>
      simulateDataset(command.optsWithGlobals<SimulateDatasetOptions>()),
    );
}
