import { isAbsolute } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { entryFor, mountsItself } from './fstab.ts';
import type { Service } from './service.ts';
import { commandOf, commandWord, pathWord, type UnitDifferences } from './unit-text.ts';

/** Which program runs with which configuration. */
export interface Installation {
  readonly service: Service;
  /** The command and its first words: `/usr/bin/particled`, or Node and the program's file. */
  readonly program: readonly string[];
  readonly configFile: string;
  readonly config: Config;
  /** Text of /etc/fstab. */
  readonly fstab: string;
}

const PROGRAM = 'the program';
/** What the unit hides from the service: ProtectHome= and PrivateTmp=. */
const HIDDEN = ['/home', '/root', '/run/user', '/tmp', '/var/tmp'];

/** What an installation needs that the unit, which comes with particled, does not say. */
export function unitDifferences(installation: Installation, shipped: string): UnitDifferences {
  const { service, program, configFile } = installation;
  const execStart = [...program, service.command, '--config', configFile].map(commandWord).join(' ');
  return {
    unit: mountLines(installation),
    service: foldersElsewhere(installation).map((folder) => `ReadWritePaths=${pathWord(folder)}`),
    execStart: commandOf(shipped) === `ExecStart=${execStart}` ? null : execStart,
  };
}

/** Folders that the service writes into and the unit does not give it. */
export function foldersElsewhere(installation: Pick<Installation, 'service' | 'config'>): string[] {
  return writtenFolders(installation).filter((folder) => !isBelow(folder, installation.service.folder));
}

/** Each once, without those inside another. */
function writtenFolders({ service, config }: Pick<Installation, 'service' | 'config'>): string[] {
  const folders = service.writes(config);
  const outer = folders.filter(
    (folder) => !folders.some((other) => other !== folder && isBelow(folder, other)),
  );
  return [...new Set(outer)];
}

/** Why the service could not run from these places under the unit, each with what to do; empty where it can. */
export function unreachable({ service, program, configFile, config }: Installation): string[] {
  const places: readonly (readonly [string, string | null])[] = [
    ...program.map((file) => [PROGRAM, file] as const),
    ['the configuration', configFile],
    ...service.places(config),
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
 * never one: required, it would keep the service from starting for good where it is away at boot, since systemd does not
 * try again what failed for a dependency; the daemon tries every 5 s, and a worker is sent what it does not see.
 */
function mountLines({ service, config, fstab }: Installation): string[] {
  const read = service.reads(config);
  const share = read === null ? null : entryFor(read, fstab);
  const required = writtenFolders({ service, config });
  if (read !== null && (share === null || !mountsItself(share))) required.unshift(read);
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
