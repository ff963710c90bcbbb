import { type Command, Option } from 'commander';
import type { Config } from '../config/schema.ts';
import { calibrate } from './calibrate.ts';
import type { PolarityChoice } from './evaluate/judge-sets.ts';
import type { VirtualSamples } from './evaluate/virtual-samples.ts';
import { evaluate } from './evaluate.ts';
import { evaluateExports } from './evaluate-exports.ts';
import { evaluateSizes } from './evaluate-sizes.ts';
import { share, wholeNumber } from './option-values.ts';
import { tune } from './tune.ts';

interface LabelledFlags {
  readonly config?: string;
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

interface SizesFlags extends VirtualSamples, Pick<EvaluateFlags, 'config' | 'acquisition' | 'json'> {
  readonly keep?: string;
  readonly stopOnTarget: boolean;
}

interface ExportsFlags extends Pick<EvaluateFlags, 'config' | 'model' | 'polarity' | 'sheet' | 'json'> {
  readonly accepted?: string;
  readonly accept?: string;
}

interface FitFlags extends LabelledFlags {
  readonly model: string;
  readonly write: boolean;
}

/** `particled evaluate`, `tune` and `calibrate`: what a model is worth, and what is fitted to labelled images. */
export function accuracyCommands(
  program: Command,
  configFlag: readonly [string, string],
  configured: (flags: { readonly config?: string }) => Config,
): void {
  const evaluateCommand = onLabelledImages(program.command('evaluate'))
    .description('accuracy of the shipped pipeline on images with a known truth')
    .option('--acquisition <folder...>', 'simulated acquisitions: folders with tiles and truth.json')
    .option('--model <name...>', 'models to measure, classical among them; all by default')
    .option('--predictions <folder>', "someone else's label images of --images, measured beside the models")
    .option('--sheet <file>', 'draw the worst and the best cases into this .png')
    .option('--json', 'print as data', false)
    .option(...configFlag)
    .action((flags: EvaluateFlags) =>
      evaluate(configured(flags), {
        ...labelledChoice(flags),
        acquisitions: flags.acquisition ?? [],
        models: flags.model ?? [],
        predictions: flags.predictions ?? null,
        sheet: flags.sheet ?? null,
        json: flags.json,
      }),
    );

  evaluateCommand
    .command('sizes')
    .description(
      'sizes as summaries publish them against the truth, over virtual samples of different powders or the --acquisition folders',
    )
    .configureHelp({ showGlobalOptions: true })
    .option('--samples <n>', 'virtual samples', wholeNumber(1), 50)
    .option('--rows <n>', 'rows of tiles of each', wholeNumber(1), 4)
    .option('--columns <n>', 'columns of tiles of each', wholeNumber(1), 6)
    .option('--seed <n>', 'the same seed gives the same samples', wholeNumber(0), 1)
    .option('--keep <folder>', 'keep what was measured here, and measure only what is not there yet')
    .option('--stop-on-target', 'also: when the scan could have stopped', false)
    .action((_flags, command: Command) => {
      const flags = command.optsWithGlobals<SizesFlags>();
      return evaluateSizes(configured(flags), {
        ...flags,
        acquisitions: flags.acquisition ?? [],
        keep: flags.keep ?? null,
      });
    });

  evaluateCommand
    .command('exports <folder...>')
    .description(
      'what is found in real exports: a table, all of them as overlays into --sheet, and what changed since it was accepted (exit 1). ' +
        '--model, of files that state no magnification: low by default',
    )
    .configureHelp({ showGlobalOptions: true })
    .option('--accepted <file>', 'figures to compare with')
    .option('--accept <file>', 'write the figures found now, to compare with from now on')
    .action((folders: string[], _flags, command: Command) => {
      const flags = command.optsWithGlobals<ExportsFlags>();
      const [model = 'low', ...others] = flags.model ?? [];
      if (others.length > 0) {
        throw new Error(
          `--model takes one name here, was given ${model} ${others.join(' ')}; put folders first`,
        );
      }
      const { polarity = null, sheet = null, accepted = null, accept = null, json } = flags;
      return evaluateExports(configured(flags), { folders, model, polarity, sheet, accepted, accept, json });
    });

  onLabelledImages(program.command('tune'))
    .description("searches a model's thresholds for the best mean AJI+, every set of labelled images alike")
    .requiredOption('--model <name>', 'a model with a manifest')
    .option('--min-precision <share>', 'least mean precision at IoU 0.5', share, 0)
    .option('--write', "put the thresholds and where they come from into the model's manifest", false)
    .option(...configFlag)
    .action((flags: FitFlags & { readonly minPrecision: number }) =>
      tune(configured(flags), { ...fitOptions(flags), leastPrecision: flags.minPrecision }),
    );

  onLabelledImages(program.command('calibrate'))
    .description("fits a model's confidence, so that 9 of 10 particles of 0.9 are right")
    .requiredOption('--model <name>', 'a model with a manifest')
    .option('--folds <n>', 'parts of the images, each judged by a fit to the others', wholeNumber(2), 5)
    .option('--write', "put the fit and where it comes from into the model's manifest", false)
    .option(...configFlag)
    .action((flags: FitFlags & { readonly folds: number }) =>
      calibrate(configured(flags), { ...fitOptions(flags), folds: flags.folds }),
    );
}

function onLabelledImages(command: Command): Command {
  return command
    .option('--images <folder>', 'grey .png or .tif images')
    .option('--labels <folder>', 'labels of the same names as .png, 0 ground, 1..n one value a particle')
    .option(
      '--dataset <folder...>',
      'folders with images/ and labels/ inside, as simulate dataset writes them',
    )
    .addOption(
      new Option('--polarity <which>', 'particles against their ground; auto: as the labels show').choices([
        'bright',
        'dark',
        'auto',
      ]),
    );
}

function labelledChoice({ images, labels, dataset, polarity }: LabelledFlags) {
  return {
    images: images ?? null,
    labels: labels ?? null,
    datasets: dataset ?? [],
    polarity: polarity ?? null,
  };
}

function fitOptions(flags: FitFlags) {
  const command = ['particled', ...process.argv.slice(2)].join(' ');
  return { ...labelledChoice(flags), model: flags.model, write: flags.write, command };
}
