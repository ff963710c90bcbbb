import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../../config/schema.ts';
import type { Manifest } from '../../inference/model/manifest.ts';
import { OUTPUT_ROLES, type OutputRole } from '../../inference/model/recognise-network.ts';
import { addedText, addModel } from './add.ts';
import { models } from './list.ts';
import { serveModel } from './serve.ts';
import { compareShadow } from './shadow.ts';

interface ListFlags {
  readonly config?: string;
  readonly json: boolean;
  readonly measure: boolean;
  readonly write: boolean;
}

interface AddFlags {
  readonly config?: string;
  readonly name?: string;
  readonly description?: string;
  readonly kind?: Manifest['outputs']['kind'];
  readonly fromMagnification?: number;
  readonly belowMagnification?: number;
  readonly longestSide?: number;
  readonly sideMultiple?: number;
  readonly output?: Partial<Record<OutputRole, string>>;
  readonly replace: boolean;
  readonly shadow: boolean;
  readonly json: boolean;
}

/** `particled models`, which lists, and `particled models add`, `serve` and `shadow`. */
export function modelsCommand(
  program: Command,
  configFlag: readonly [string, string],
  configured: (flags: { readonly config?: string }) => Config,
): void {
  const command = program.command('models').description('the networks: range, accuracy, speed, size');
  command
    .command('list', { isDefault: true })
    .description('what there is')
    .option('--measure', 'measure the speed of each on this machine', false)
    .option('--write', 'put the speed into the manifests', false)
    .option('--json', 'print as data', false)
    .option(...configFlag)
    .action((flags: ListFlags) => models(configured(flags), flags));
  command
    .command('add')
    .description(
      'take in a network: it is opened, tried on a virtual tile, timed, then written whole or not at all',
    )
    .argument('<file>', 'a .onnx file, or a folder with model.onnx and manifest.json')
    .option('--name <name>', "of its folder; the file's own by default")
    .option('--description <text>', 'what it is')
    .addOption(
      new Option('--kind <kind>', 'masks of regions or as large as the input; as it shows').choices([
        'roi-masks',
        'full-masks',
      ]),
    )
    .option('--from-magnification <x>', 'least magnification that it serves; 0 by default', between(0, 1e7))
    .option('--below-magnification <x>', 'it serves less than this; no bound by default', between(0, 1e7))
    .option('--longest-side <px>', 'tiles are scaled to it; 960, full-masks 1728', between(64, 8192))
    .option('--side-multiple <px>', 'tiles are padded to multiples; 32, full-masks 1', between(1, 256))
    .option(
      '--output <role=name...>',
      `outputs by name, where they cannot be told: ${OUTPUT_ROLES.join(', ')}`,
      outputName,
    )
    .option('--replace', 'set aside the models whose name or range it takes', false)
    .option('--shadow', 'beside those that serve: it serves no tile, models.shadow compares it', false)
    .option('--json', 'print as data', false)
    .option(...configFlag)
    .action(async (file: string, flags: AddFlags) => {
      const added = await addModel(configured(flags), file, {
        name: flags.name ?? null,
        description: flags.description ?? null,
        kind: flags.kind ?? null,
        fromMagnification: flags.fromMagnification ?? null,
        belowMagnification: flags.belowMagnification ?? null,
        longestSidePx: flags.longestSide ?? null,
        sideMultiplePx: flags.sideMultiple ?? null,
        outputs: flags.output ?? {},
        replace: flags.replace,
        shadow: flags.shadow,
      });
      console.log(flags.json ? JSON.stringify(added, null, 2) : addedText(added));
    });
  serveAndCompare(command, configFlag, configured);
}

function serveAndCompare(
  command: Command,
  configFlag: readonly [string, string],
  configured: (flags: { readonly config?: string }) => Config,
): void {
  command
    .command('serve')
    .description(
      'put a model that was taken in with --shadow into service; those whose range it takes are set aside',
    )
    .argument('<name>', 'as particled models lists it')
    .option('--json', 'print as data', false)
    .option(...configFlag)
    .action(async (name: string, flags: { readonly config?: string; readonly json: boolean }) => {
      const added = await serveModel(configured(flags), name);
      console.log(flags.json ? JSON.stringify(added, null, 2) : addedText(added));
    });
  command
    .command('shadow')
    .description(
      'how the shadow model (models.shadow) compares with the serving one, and how figures would move',
    )
    .option('--json', 'print as data', false)
    .option(...configFlag)
    .action((flags: { readonly config?: string; readonly json: boolean }) =>
      compareShadow(configured(flags), flags),
    );
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`must be a number from ${least} to ${most}`);
  };
}

function outputName(
  text: string,
  before: Partial<Record<OutputRole, string>> = {},
): Partial<Record<OutputRole, string>> {
  const [role, name] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
  const known = OUTPUT_ROLES.find((candidate) => candidate === role);
  if (known && name) return { ...before, [known]: name };
  throw new InvalidArgumentError(`must be ${OUTPUT_ROLES.join('=NAME, ')}=NAME`);
}
