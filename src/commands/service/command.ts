import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CONFIG_VARIABLE } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { configSource } from '../../config/source.ts';
import { ConfigError } from '../../errors.ts';
import { moduleUrl } from '../../module-url.ts';
import { type Installation, unreachable } from './differences.ts';
import { installService, uninstallService } from './install.ts';
import { type ServicePlan, servicePlan } from './plan.ts';
import { DAEMON, type Service, WORKER } from './service.ts';

interface Flags {
  readonly config?: string;
  readonly root: string;
  readonly worker: boolean;
}

/** A package of the system links it here; what it starts lies beside it. */
const PACKAGED = { command: '/usr/bin/particled', program: '/usr/lib/particled/dist/cli.js' };
const OF_WORKER = ['--worker', 'the worker instead of the daemon (docs/scale.md)', false] as const;
const ROOT = ['--root <folder>', 'write below it, as into an image of another system', '/'] as const;

/** `particled service install`, `show` and `uninstall`. */
export function serviceCommand(program: Command, configFlag: readonly [string, string]): void {
  const service = program.command('service').description('particled as a service of systemd');
  service
    .command('install')
    .description('write its unit with the paths of this installation, its user, its folders')
    .option(...OF_WORKER)
    .option(...configFlag)
    .option(...ROOT)
    .option('--dry-run', 'print the files instead', false)
    .action((flags: Flags & { readonly dryRun: boolean }) => {
      const service = meant(flags);
      const { plan, warnings, configFile } = planned(service, flags);
      if (flags.dryRun) return print(service, plan, flags.root);
      for (const warning of warnings) console.error(warning);
      installService(resolve(flags.root), service, plan, console.log);
      console.log(`\n${nextText(service, configFile)}`);
    });
  service
    .command('show')
    .description('print the files that install would write')
    .option(...OF_WORKER)
    .option(...configFlag)
    .option(...ROOT)
    .action((flags: Flags) => print(meant(flags), planned(meant(flags), flags).plan, flags.root));
  service
    .command('uninstall')
    .description('stop it and take away what install has written; configuration and results stay')
    .option(...OF_WORKER)
    .option(...ROOT)
    .action((flags: Flags) => uninstallService(resolve(flags.root), meant(flags), console.log));
}

function meant({ worker }: Flags): Service {
  return worker ? WORKER : DAEMON;
}

interface Planned {
  readonly plan: ServicePlan;
  readonly warnings: readonly string[];
  readonly configFile: string;
}

/** @throws ConfigError or Error where the service could not run so */
function planned(service: Service, { config, root }: Flags): Planned {
  const standard = service.configFile;
  const source = configSource(config, process.env, join(root, standard));
  const configFile = source.foundBy === 'standard place' ? standard : resolve(source.file ?? standard);
  const file = join(root, configFile);
  if (!existsSync(file)) {
    throw new Error(`${file} is not there; write it first (${service.guide}), or name another with --config`);
  }
  // A service has none of the shell's variables.
  const loaded = loadConfig(file, {});
  service.requireUsable(loaded, file);
  const installation: Installation = {
    ...{ service, program: thisProgram(), configFile, config: loaded },
    fstab: textOrNone(join(root, '/etc/fstab')),
  };
  const faults = unreachable(installation);
  if (faults.length > 0) throw new ConfigError('as a service particled would not run', faults);
  if (resolve(root) === '/') service.requireFiles(loaded);
  const variables = source.variables.filter((name) => name !== CONFIG_VARIABLE);
  const warnings = variables.map((name) => `${name} counts in this shell alone; write it into ${configFile}`);
  return { plan: servicePlan(resolve(root), installation), warnings, configFile };
}

/** As a unit starts it: without a launcher between. */
function thisProgram(): string[] {
  const file = fileURLToPath(moduleUrl('../../cli', import.meta.url));
  return file === PACKAGED.program ? [PACKAGED.command] : [process.execPath, file];
}

function print({ name }: Service, { files, stale, folders }: ServicePlan, root: string): void {
  for (const { path, text } of files) console.log(`# ${join(root, path)}\n${text}`);
  for (const path of stale) console.log(`# removed: ${join(root, path)}`);
  for (const folder of folders) {
    console.log(`# made where it is not there, of the user ${name}: ${join(root, folder)}`);
  }
}

function nextText({ name, flag, configFile: standard }: Service, configFile: string): string {
  // Only the daemon's standard place is looked at by a command that is told no other.
  const looked = flag === '' && configFile === standard ? '' : `${flag} --config ${configFile}`;
  const steps = [
    [`sudo -u ${name} particled doctor${looked}`, 'what the service will find'],
    [
      `sudo systemctl enable --now ${name}`,
      'starts it, now and at every boot (restart, where it runs already)',
    ],
    [`journalctl -u ${name} -f`, 'what it says'],
  ] as const;
  const width = Math.max(...steps.map(([command]) => command.length)) + 8;
  return ['next:', ...steps.map(([command, what]) => `  ${command.padEnd(width)}${what}`)].join('\n');
}

function textOrNone(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
