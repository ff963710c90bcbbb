import { dirname, isAbsolute, resolve } from 'node:path';
import { secretFiles } from '../../config/exposed-secrets.ts';
import type { Config } from '../../config/schema.ts';
import { entryFor, mountsItself } from './fstab.ts';
import { commandOf, commandWord, pathWord, type UnitDifferences } from './unit-text.ts';

/** Which program runs with which configuration. */
export interface Installation {
  /** The command and its first words: `/usr/bin/particled`, or Node and the program's file. */
  readonly program: readonly string[];
  readonly configFile: string;
  readonly config: Config;
  /** Text of /etc/fstab. */
  readonly fstab: string;
}

/** What the unit gives the daemon by itself (StateDirectory=). */
const STATE_FOLDER = '/var/lib/particled';
const PROGRAM = 'the program';
/** What the unit hides from it: ProtectHome= and PrivateTmp=. */
const HIDDEN = ['/home', '/root', '/run/user', '/tmp', '/var/tmp'];

/** What an installation needs that the unit, which comes with particled, does not say. */
export function unitDifferences(installation: Installation, shipped: string): UnitDifferences {
  const { program, configFile, config } = installation;
  const execStart = [...program, 'run', '--config', configFile].map(commandWord).join(' ');
  return {
    unit: mountLines(installation),
    service: foldersElsewhere(config).map((folder) => `ReadWritePaths=${pathWord(folder)}`),
    execStart: commandOf(shipped) === `ExecStart=${execStart}` ? null : execStart,
  };
}

/** Folders that the daemon writes into and the unit does not give it. */
export function foldersElsewhere(config: Pick<Config, 'store' | 'report'>): string[] {
  return writtenFolders(config).filter((folder) => !isBelow(folder, STATE_FOLDER));
}

/** Each once, without those inside another. */
function writtenFolders({ store, report }: Pick<Config, 'store' | 'report'>): string[] {
  const folders = [dirname(resolve(store.file)), ...(report.folder === null ? [] : [resolve(report.folder)])];
  const outer = folders.filter(
    (folder) => !folders.some((other) => other !== folder && isBelow(folder, other)),
  );
  return [...new Set(outer)];
}

/** Why the daemon could not run from these places under the unit, each with what to do; empty where it can. */
export function unreachable({ program, configFile, config }: Installation): string[] {
  const { watch, models, store, report } = config;
  // Of secrets, a name without a slash is a credential of systemd, and no path.
  const secrets = secretFiles(config, null).filter(({ file }) => file.includes('/'));
  const places: readonly (readonly [string, string | null])[] = [
    ...program.map((file) => [PROGRAM, file] as const),
    ['the configuration', configFile],
    ['watch.folder', watch.folder],
    ['models.folder', models.folder],
    ['store.file', store.file],
    ['report.folder', report.folder],
    ...secrets.map(({ key, file }) => [key, file] as const),
  ];
  return places.flatMap(([what, path]) => (path === null ? [] : obstacleOf(what, path)));
}

function obstacleOf(what: string, path: string): string[] {
  if (!isAbsolute(path))
    return [`${what}: ${path} is relative, and a service has no folder to begin at; write it from /`];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such a path cannot be written into a unit
  if (/[\u0000-\u001f]/.test(path))
    return [`${what}: ${JSON.stringify(path)} has a control character; rename it`];
  const hidden = HIDDEN.find((folder) => isBelow(path, folder));
  if (hidden === undefined) return [];
  return [`${what}: ${path} lies in ${hidden}, which the unit hides from the service; ${adviceFor(what)}`];
}

function adviceFor(what: string): string {
  if (what !== PROGRAM) return 'put it elsewhere, as below /srv, /mnt, /etc or /var/lib';
  return 'install Node and particled for all users (sudo npm install --global, with a Node outside home folders)';
}

/**
 * Without its disk or share a mount point is an empty folder, which is not what was meant. A share that mounts itself is
 * never one: required, it would keep the daemon from starting for good where it is away at boot, since systemd does not
 * try again what failed for a dependency; the daemon tries every 5 s.
 */
function mountLines({ config, fstab }: Installation): string[] {
  const exports = resolve(config.watch.folder);
  const share = entryFor(exports, fstab);
  const required = writtenFolders(config);
  if (share === null || !mountsItself(share)) required.unshift(exports);
  const note =
    share !== null && mountsItself(share)
      ? [
          `# ${share.mountPoint} is not required: it mounts itself, also where it is away at boot and comes later.`,
        ]
      : [];
  return [...note, `RequiresMountsFor=${required.map(pathWord).join(' ')}`];
}

function isBelow(path: string, folder: string): boolean {
  return `${path}/`.startsWith(`${folder}/`);
}
