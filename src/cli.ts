#!/usr/bin/env node
import './doctor/require-processor.ts';

import { Command, Option } from 'commander';
import { accuracyCommands } from './commands/accuracy-commands.ts';
import { analyseCommand } from './commands/analyse/command.ts';
import { type BackupOptions, backup } from './commands/backup.ts';
import { compareCommand } from './commands/compare/command.ts';
import { configCheck } from './commands/config-check.ts';
import { correctionsCommand } from './commands/corrections/command.ts';
import { dashboardCommand } from './commands/dashboard/command.ts';
import { demo } from './commands/demo.ts';
import { type DoctorOptions, doctor } from './commands/doctor.ts';
import { type ExportOptions, exportTables } from './commands/export.ts';
import { health } from './commands/health.ts';
import { inspect } from './commands/inspect.ts';
import { modelsCommand } from './commands/models/command.ts';
import { particleFilter, wholeNumber } from './commands/option-values.ts';
import { type OverlayOptions, overlays } from './commands/overlays.ts';
import { type ReportOptions, report } from './commands/report.ts';
import { printConfiguration, restore } from './commands/restore.ts';
import { run } from './commands/run.ts';
import { serviceCommand } from './commands/service/command.ts';
import { simulateCommands } from './commands/simulate-commands.ts';
import { type StatusOptions, status } from './commands/status.ts';
import { workerCommand } from './commands/worker.ts';
import { settingVariables } from './config/environment.ts';
import { loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { type ConfigSource, configSource, STANDARD_FILE } from './config/source.ts';
import { namingVariables } from './config/variable-names.ts';
import { messageOf } from './errors.ts';
import { softwareVersion } from './version.ts';

interface ConfigOption {
  readonly config?: string;
}

interface Json {
  readonly json: boolean;
}

/** A text with the variables behind the keys that it names. */
const named = (text: string): string => namingVariables(text, settingVariables(process.env));

const sourceOf = ({ config }: ConfigOption): ConfigSource => configSource(config, process.env);

function configured(options: ConfigOption, overrides = {}): Config {
  return loadConfig(sourceOf(options).file, process.env, overrides);
}

const CONFIG = [
  '--config <file>',
  `YAML configuration, as config/default.yaml; by default that of PARTICLED_CONFIG, else ${STANDARD_FILE}`,
] as const;

const FILTER = [
  '--filter <expression>',
  'count only particles such as "circularity >= 0.8 and areaUm2 > 1", by columns of the table particles',
  particleFilter,
] as const;

const program = new Command('particled')
  .description(
    "Watches a desktop electron microscope's export folder, measures every particle, publishes over MQTT.",
  )
  .version(softwareVersion);

program.commandsGroup('Every day:');

program
  .command('status')
  .description('results, queue and files set aside, read beside the running daemon')
  .option(...CONFIG)
  .option('--runs <count>', 'show so many of the newest runs', wholeNumber(1), 50)
  .option(
    '--set-aside <count>',
    'with --json: list so many files that were set aside last',
    wholeNumber(1),
    1000,
  )
  .option('--json', 'print as data', false)
  .action((options: ConfigOption & StatusOptions) => status(configured(options), options));

program
  .command('report')
  .description(
    "a night's report as HTML, text and CSV, or a sample's page again, read beside the running daemon",
  )
  .option(...CONFIG)
  .option(
    '--date <date>',
    'date on which the night ended, as 2026-11-23, today or yesterday; tonight: the night under way; by default the last one',
  )
  .addOption(
    new Option('--sample <label>', 'make the page of this sample again instead').conflicts(['date', 'send']),
  )
  .option('--run <name>', 'which run of the sample, as in topics; by default the latest')
  .option('--out <folder>', 'where to write; by default here, and a sample into report.folder')
  .addOption(
    new Option(FILTER[0], `of a sample, into --out: ${FILTER[1]}; changes nothing of what is published`)
      .argParser(FILTER[2])
      .conflicts(['date', 'send']),
  )
  .addOption(new Option('--send', 'send it by mail instead').default(false).conflicts('open'))
  .option('--json', 'print what was written as data', false)
  .option('--open', 'open the HTML too', false)
  .action((options: ConfigOption & ReportOptions) => report(configured(options), options));

analyseCommand(program, CONFIG, FILTER, sourceOf, configured);

program
  .command('export')
  .description(
    'tables of many samples at once: particles, pieces, tiles, samples; read beside the running daemon',
  )
  .option(...CONFIG)
  .option('--since <date>', 'first day of measurement, as 2026-11-23')
  .option('--until <date>', 'last day of measurement')
  .option('--sample <name>', "a sample's label, or its id in topics")
  .option('--run <name>', 'a run of it, as 20261123T210000Z')
  .addOption(new Option('--format <name>', 'kind of files').choices(['csv', 'parquet']).default('csv'))
  .option('--out <folder>', 'where to write', '.')
  .action((options: ConfigOption & ExportOptions) => exportTables(configured(options), options));

program
  .command('overlays')
  .description("a sample's tiles with their outlines, drawn as PNG beside the running daemon")
  .argument('<sample>', 'label of the sample, as typed at the microscope')
  .option(...CONFIG)
  .option('--run <name>', "the run's name; by default the sample's latest")
  .option('--tile <file>', 'name of one tile; by default all of them')
  .option('--out <folder>', 'where to write', '.')
  .action((sample: string, options: ConfigOption & OverlayOptions) =>
    overlays(configured(options), sample, options),
  );

program
  .command('inspect')
  .description("one file's metadata, magnification and model")
  .argument('<file>')
  .option(...CONFIG)
  .action((file: string, options: ConfigOption) => inspect(configured(options), file));

program
  .command('health')
  .description(
    'what the running daemon says of itself; exit code 1 where it is silent, offline or has failed',
  )
  .option(...CONFIG)
  .action((options: ConfigOption) => health(configured(options)));

program.commandsGroup('To run and set up:');

program
  .command('run')
  .description('the daemon: watch, segment, measure, publish')
  .option(...CONFIG)
  .action((options: ConfigOption) => run(() => configured(options), sourceOf(options)));

workerCommand(program, CONFIG, configured);

program
  .command('doctor')
  .description('whether all that particled needs is there: folders, store, broker, mail, queue, models')
  .option(...CONFIG)
  .option('--json', 'print as data', false)
  .option('--worker', 'what particled worker needs instead: queue, cache, models', false)
  .action((options: ConfigOption & DoctorOptions) => doctor(configured(options), sourceOf(options), options));

program
  .command('config')
  .description('the configuration')
  .command('check')
  .description('list every fault, or print what is in force and where it comes from')
  .option(...CONFIG)
  .option('--json', 'print source, faults and settings as data', false)
  .action((options: ConfigOption & Json) =>
    configCheck(() => configured(options), sourceOf(options), options, named),
  );

modelsCommand(program, CONFIG, configured);

serviceCommand(program, CONFIG);

dashboardCommand(program);

program
  .command('backup')
  .description(
    'copies the store beside the running daemon into one file, with the configuration (without passwords) and the hashes of the models',
  )
  .option(...CONFIG)
  .requiredOption('--out <path>', 'a file that is not there yet, or a folder, where it is named by the time')
  .action((options: ConfigOption & BackupOptions) => backup(configured(options), options));

program
  .command('restore')
  .description('puts a backup in the place of the store, which is kept beside it; the daemon must be stopped')
  .argument('<file>', 'what particled backup has made')
  .option(...CONFIG)
  .option('--print-config', 'print the configuration that the backup holds, and change nothing', false)
  .action((file: string, options: ConfigOption & { readonly printConfig: boolean }) =>
    options.printConfig ? printConfiguration(file) : restore(configured(options), file),
  );

program
  .command('demo')
  .description('virtual microscope, daemon with its live page, and subscriber on one screen')
  .option('--open', 'keep the live page open until Ctrl-C', false)
  .action(demo);

program.commandsGroup('Laboratory, to make known images and to judge models:');

simulateCommands(program);

accuracyCommands(program, CONFIG, configured);

correctionsCommand(program, CONFIG, configured);

compareCommand(program);

program.commandsGroup('Commands:');

try {
  await program.parseAsync();
} catch (error) {
  console.error(named(messageOf(error)));
  process.exitCode = 1;
}
