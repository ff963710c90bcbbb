import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CONFIG_VARIABLE } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { requireReferredFiles } from '../../config/referred-files.ts';
import { configSource, STANDARD_FILE } from '../../config/source.ts';
import { ConfigError } from '../../errors.ts';
import { moduleUrl } from '../../module-url.ts';
import { type Installation, unreachable } from './differences.ts';
import { installService, uninstallService } from './install.ts';
import { type ServicePlan, servicePlan } from './plan.ts';

interface Flags {
  readonly config?: string;
  readonly root: string;
}

/** A package of the system links it here; what it starts lies beside it. */
const PACKAGED = { command: '/usr/bin/particled', program: '/usr/lib/particled/dist/cli.js' };
const ROOT = ['--root <folder>', 'write below it, as into an image of another system', '/'] as const;

/** `particled service install`, `show` and `uninstall`. */
export function serviceCommand(program: Command, configFlag: readonly [string, string]): void {
  const service = program.command('service').description('particled as a service of systemd');
  service
    .command('install')
    .description('write its unit with the paths of this installation, its user, its folders')
    .option(...configFlag)
    .option(...ROOT)
    .option('--dry-run', 'print the files instead', false)
    .action((flags: Flags & { readonly dryRun: boolean }) => {
      const { plan, warnings } = planned(flags);
      if (flags.dryRun) return print(plan, flags.root);
      for (const warning of warnings) console.error(warning);
      installService(resolve(flags.root), plan, console.log);
      console.log(`\n${nextText()}`);
    });
  service
    .command('show')
    .description('print the files that install would write')
    .option(...configFlag)
    .option(...ROOT)
    .action((flags: Flags) => print(planned(flags).plan, flags.root));
  service
    .command('uninstall')
    .description('stop it and take away what install has written; configuration and results stay')
    .option(...ROOT)
    .action(({ root }: Flags) => uninstallService(resolve(root), console.log));
}

/** @throws ConfigError or Error where the service could not run so */
function planned({ config, root }: Flags): { plan: ServicePlan; warnings: string[] } {
  const source = configSource(config, process.env, join(root, STANDARD_FILE));
  const configFile =
    source.foundBy === 'standard place' ? STANDARD_FILE : resolve(source.file ?? STANDARD_FILE);
  const file = join(root, configFile);
  if (!existsSync(file)) {
    throw new Error(`${file} is not there; write it first (docs/install.md), or name another with --config`);
  }
  // A service has none of the shell's variables.
  const loaded = loadConfig(file, {});
  const installation: Installation = {
    ...{ program: thisProgram(), configFile, config: loaded },
    fstab: textOrNone(join(root, '/etc/fstab')),
  };
  const faults = unreachable(installation);
  if (faults.length > 0) throw new ConfigError('as a service particled would not run', faults);
  if (resolve(root) === '/') requireReferredFiles(loaded);
  const variables = source.variables.filter((name) => name !== CONFIG_VARIABLE);
  const warnings = variables.map((name) => `${name} counts in this shell alone; write it into ${configFile}`);
  return { plan: servicePlan(resolve(root), installation), warnings };
}

/** As a unit starts it: without a launcher between it and the daemon. */
function thisProgram(): string[] {
  const file = fileURLToPath(moduleUrl('../../cli', import.meta.url));
  return file === PACKAGED.program ? [PACKAGED.command] : [process.execPath, file];
}

function print({ files, stale, folders }: ServicePlan, root: string): void {
  for (const { path, text } of files) console.log(`# ${join(root, path)}\n${text}`);
  for (const path of stale) console.log(`# removed: ${join(root, path)}`);
  for (const folder of folders) {
    console.log(`# made where it is not there, of the user particled: ${join(root, folder)}`);
  }
}

function nextText(): string {
  return [
    'next:',
    '  sudo -u particled particled doctor        what the service will find',
    '  sudo systemctl enable --now particled     starts it, now and at every boot (restart, where it runs already)',
    '  journalctl -u particled -f                what it says',
  ].join('\n');
}

function textOrNone(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
