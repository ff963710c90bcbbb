import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../errors.ts';
import {
  dropInFile,
  ownFiles,
  packagedUnit,
  type ServicePlan,
  SYSUSERS,
  TMPFILES,
  unitFile,
  wantedLink,
} from './plan.ts';
import type { Service } from './service.ts';

type Say = (line: string) => void;

/**
 * Carries the plan out, and tells each thing that it does.
 * @param root folder that is `/` of the system; where that is not this one, the running systemd is told nothing
 * @throws Error with what to do where this user may not, or no systemd is there
 */
export function installService(root: string, service: Service, plan: ServicePlan, say: Say): void {
  requireRoot('install', service);
  requireSystemd(root, service);
  for (const { path, text } of plan.files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o644 });
    say(`written   ${join(root, path)}`);
  }
  remove(root, service, plan.stale, say);
  if (plan.files.some(({ path }) => path === SYSUSERS)) {
    systemTool('systemd-sysusers', ['--root', root, basename(SYSUSERS)]);
    say(`made      user ${service.name}, where it was not there`);
    systemTool('systemd-tmpfiles', ['--root', root, '--create', basename(TMPFILES)]);
    say(`made      ${join(root, service.folder)}, where it was not there`);
  }
  for (const folder of plan.folders) makeFolder(root, folder, service.name, say);
  reloadManager(root, say);
}

/** Takes away what `install` wrote; configuration, results or cache, and user stay. */
export function uninstallService(root: string, service: Service, say: Say): void {
  const { name, flag, kept } = service;
  requireRoot('uninstall', service);
  const files = ownFiles(root, service);
  if (files.length === 0) say(`nothing is installed here by \`particled service install${flag}\``);
  if (files.includes(unitFile(service))) {
    if (isRunning(root)) systemTool('systemctl', ['disable', '--now', `${name}.service`]);
    else rmSync(join(root, wantedLink(service)), { force: true });
    say(`stopped   ${name}.service; it is not started at boot any more`);
  }
  remove(root, service, files, say);
  if (files.length > 0) reloadManager(root, say);
  if (packagedUnit(root, service) !== null)
    say('the unit of the package stays: apt remove particled takes it away');
  say(`stay      ${kept} and the user ${name}`);
}

function remove(root: string, service: Service, paths: readonly string[], say: Say): void {
  for (const path of paths) {
    rmSync(join(root, path));
    say(`removed   ${join(root, path)}`);
    if (path !== dropInFile(service)) continue;
    try {
      rmdirSync(dirname(join(root, path)));
    } catch {
      // Somebody else has a drop-in there too.
    }
  }
}

/** One that is there has its owner already, who may be meant. */
function makeFolder(root: string, path: string, user: string, say: Say): void {
  const folder = join(root, path);
  if (existsSync(folder)) return;
  const { uid, gid } = accountOf(root, user);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chownSync(folder, uid, gid);
  say(`made      ${folder}, of the user ${user}`);
}

function accountOf(root: string, user: string): { uid: number; gid: number } {
  const accounts = readFileSync(join(root, '/etc/passwd'), 'utf8');
  const [, uid, gid] = new RegExp(`^${user}:[^:]*:(\\d+):(\\d+):`, 'm').exec(accounts) ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`the user ${user} is not there; make it first`);
  return { uid: Number(uid), gid: Number(gid) };
}

function reloadManager(root: string, say: Say): void {
  if (isRunning(root)) {
    systemTool('systemctl', ['daemon-reload']);
    say('reloaded  systemd');
  } else say('systemd does not run here: it reads these files when it starts');
}

/** sd_booted(3). */
function isRunning(root: string): boolean {
  return root === '/' && existsSync('/run/systemd/system');
}

function requireRoot(verb: string, { flag }: Service): void {
  if (process.getuid?.() === 0) return;
  const show = verb === 'install' ? `; \`particled service show${flag}\` prints what it would write` : '';
  throw new Error(`only root may: sudo particled service ${verb}${flag}${show}`);
}

function requireSystemd(root: string, { command }: Service): void {
  const places = ['/usr/lib/systemd/systemd', '/lib/systemd/systemd'];
  if (process.platform === 'linux' && places.some((place) => existsSync(join(root, place)))) return;
  throw new Error(
    `no systemd is installed here (${places[0]} is missing): let what this system has start \`particled ${command}\`, and again where it ends`,
  );
}

function systemTool(name: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(name, words, { encoding: 'utf8' });
  if (status === 0) return;
  const reason = error ? messageOf(error) : stderr.trim();
  throw new Error(`${name} ${words.join(' ')}: ${reason}; it is a part of systemd, look at its package`);
}
