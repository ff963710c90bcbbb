#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { analyse } from './commands/analyse.ts';
import { calibrate } from './commands/calibrate.ts';
import { demo } from './commands/demo.ts';
import type { PolarityChoice } from './commands/evaluate/judge-sets.ts';
import { evaluate } from './commands/evaluate.ts';
import { inspect } from './commands/inspect.ts';
import { run } from './commands/run.ts';
import { simulate, simulateDefaults } from './commands/simulate.ts';
import { datasetStyles, type SimulateDatasetOptions, simulateDataset } from './commands/simulate-dataset.ts';
import { status } from './commands/status.ts';
import { tune } from './commands/tune.ts';
import { loadConfig } from './config/load-config.ts';
import type { Config } from './config/schema.ts';
import { messageOf } from './errors.ts';
import { createLogger } from './logger.ts';
import { faultNames } from './simulator/faults.ts';
import { presets } from './simulator/preset.ts';
import { softwareVersion } from './version.ts';

interface ConfigOption {
  readonly config?: string;
}

interface LabelledFlags {
  readonly images?: string;
  readonly labels?: string;
  readonly dataset?: string[];
  readonly polarity?: PolarityChoice;
}

interface EvaluateFlags extends LabelledFlags {
  readonly acquisition?: string[];
  readonly model?: string[];
  readonly predictions?: string;
  readonly sheet?: string;
  readonly json: boolean;
}

function labelledChoice({ images, labels, dataset, polarity }: LabelledFlags) {
  return {
    images: images ?? null,
    labels: labels ?? null,
    datasets: dataset ?? [],
    polarity: polarity ?? null,
  };
}

function configured({ config }: ConfigOption, overrides = {}): Config {
  return loadConfig(config ?? null, process.env, overrides);
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`must be a whole number from ${least}`);
  };
}

function polarityOption(): Option {
  return new Option('--polarity <which>', 'particles against their ground; auto: as the labels show').choices(
    ['bright', 'dark', 'auto'],
  );
}

function typedCommand(): string {
  return ['particled', ...process.argv.slice(2)].join(' ');
}

const CONFIG = ['--config <file>', 'YAML configuration; see config/default.yaml'] as const;

const IMAGES = ['--images <folder>', 'grey .png or .tif images'] as const;
const LABELS = [
  '--labels <folder>',
  'labels of the same names as .png, 0 ground, 1..n one value a particle',
] as const;
const DATASET = [
  '--dataset <folder...>',
  'folders with images/ and labels/ inside, as simulate dataset writes them',
] as const;

const program = new Command('particled')
  .description(
    "Watches a desktop electron microscope's export folder, measures every particle, publishes over MQTT.",
  )
  .version(softwareVersion);

program
  .command('run')
  .description('the daemon: watch, segment, measure, publish')
  .option(...CONFIG)
  .action((options: ConfigOption) => run(configured(options)));

program
  .command('analyse')
  .description('the same walk once over a folder, without a broker')
  .argument('<folder>', 'exported images')
  .option(...CONFIG)
  .option('--out <folder>', 'keep summary.json, particles.csv and overlays here')
  .option('--json', 'print the summaries as published', false)
  .action((folder: string, options: ConfigOption & { out?: string; json: boolean }) => {
    // Without a configuration nothing is known of the grid: what is in the folder is all there is.
    const unknownGrid = { grid: { rows: null, columns: null }, log: { level: 'warn' } };
    const config = configured(options, options.config ? {} : unknownGrid);
    return analyse(
      config,
      { folder, out: options.out ?? null, json: options.json },
      createLogger(config.log.level),
    );
  });

program
  .command('status')
  .description('results, queue and files set aside, read beside the running daemon')
  .option(...CONFIG)
  .action((options: ConfigOption) => status(configured(options)));

program
  .command('inspect')
  .description("one file's metadata, magnification and model")
  .argument('<file>')
  .option(...CONFIG)
  .action((file: string, options: ConfigOption) => inspect(configured(options), file));

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
  .action((_options, command: Command) => simulateDataset(command.optsWithGlobals<SimulateDatasetOptions>()));

program
  .command('evaluate')
  .description('accuracy of the shipped pipeline on images with a known truth')
  .option(...IMAGES)
  .option(...LABELS)
  .option(...DATASET)
  .option('--acquisition <folder...>', 'simulated acquisitions: folders with tiles and truth.json')
  .option('--model <name...>', 'models to measure, classical among them; all by default')
  .option('--predictions <folder>', "someone else's label images of --images, measured beside the models")
  .addOption(polarityOption())
  .option('--sheet <file>', 'draw the worst and the best cases into this .png')
  .option('--json', 'print as data', false)
  .option(...CONFIG)
  .action((options: ConfigOption & EvaluateFlags) =>
    evaluate(configured(options), {
      ...labelledChoice(options),
      acquisitions: options.acquisition ?? [],
      models: options.model ?? [],
      predictions: options.predictions ?? null,
      sheet: options.sheet ?? null,
      json: options.json,
    }),
  );

program
  .command('tune')
  .description("searches a model's thresholds for the best mean AJI+ on labelled images")
  .option(...IMAGES)
  .option(...LABELS)
  .option(...DATASET)
  .requiredOption('--model <name>', 'a model with a manifest')
  .addOption(polarityOption())
  .option('--write', "put the thresholds and where they come from into the model's manifest", false)
  .option(...CONFIG)
  .action((options: ConfigOption & LabelledFlags & { model: string; write: boolean }) =>
    tune(configured(options), {
      ...labelledChoice(options),
      model: options.model,
      write: options.write,
      command: typedCommand(),
    }),
  );

program
  .command('calibrate')
  .description(
    "fits a model's confidence, so that of the particles of 0.9 on labelled images 9 of 10 are right",
  )
  .option(...IMAGES)
  .option(...LABELS)
  .option(...DATASET)
  .requiredOption('--model <name>', 'a model with a manifest')
  .addOption(polarityOption())
  .option('--folds <n>', 'parts of the images, each judged by a fit to the others', wholeNumber(2), 5)
  .option('--write', "put the fit and where it comes from into the model's manifest", false)
  .option(...CONFIG)
  .action((options: ConfigOption & LabelledFlags & { model: string; folds: number; write: boolean }) =>
    calibrate(configured(options), {
      ...labelledChoice(options),
      model: options.model,
      folds: options.folds,
      write: options.write,
      command: typedCommand(),
    }),
  );

program.command('demo').description('virtual microscope, daemon and subscriber on one screen').action(demo);

program
  .command('config')
  .description('the configuration')
  .command('check')
  .description('list every fault, or print what is in force')
  .option(...CONFIG)
  .action((options: ConfigOption) => console.log(JSON.stringify(configured(options), null, 2)));

try {
  await program.parseAsync();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
