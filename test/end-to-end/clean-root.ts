import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Need } from '../support/needs.ts';

/** A Debian of its own with no more than its essential packages and systemd, and without network. */
export interface CleanRoot {
  readonly folder: string;
  /** Runs a command line in it, with processes of its own and no network. */
  run(line: string): { readonly code: number | null; readonly said: string };
  remove(): void;
}

const tools = [
  ['mmdebstrap', 'mmdebstrap'],
  ['unshare', 'util-linux'],
  ['dpkg-deb', 'dpkg'],
  ['ip', 'iproute2'],
] as const;
const missing = tools.filter(([name]) => spawnSync(name, ['--help']).error !== undefined);

const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child'];
/** Building one needs root, for its devices and owners; a container may forbid what unshare asks for. */
const mayUnshare = process.getuid?.() === 0 && spawnSync('unshare', [...namespaces, 'true']).status === 0;

export const cleanRootTools: Need = {
  isMet: missing.length === 0 && mayUnshare && process.arch === 'x64',
  what: `root that may unshare on Linux x64, and ${tools.map(([name]) => name).join(', ')}: apt install ${tools.map(([, debian]) => debian).join(' ')}`,
};

/**
 * From the mirror that this machine uses.
 * @param atHand packages that apt there can install without network: their files lie in its cache
 */
export function buildCleanRoot(atHand: readonly string[]): CleanRoot {
  const folder = mkdtempSync(join(tmpdir(), 'particled-root-'));
  const sources = '/etc/apt/sources.list.d/debian.sources';
  const built = spawnSync(
    'mmdebstrap',
    [
      ...['--variant=minbase', '--include=systemd', '--skip=cleanup/apt'],
      `--customize-hook=APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get --yes --download-only install ${atHand.join(' ')}`,
      ...[suite(), folder],
      ...(existsSync(sources) ? [sources] : []),
    ],
    { encoding: 'utf8' },
  );
  if (built.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`mmdebstrap made no Debian:\n${built.stderr}`);
  }
  return {
    folder,
    run: (line) => inRoot(folder, line),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function inRoot(folder: string, line: string): { code: number | null; said: string } {
  const { status, stdout, stderr }: SpawnSyncReturns<string> = spawnSync(
    'unshare',
    [
      ...[...namespaces, `--mount-proc=${join(folder, 'proc')}`],
      // Of the network there is what every computer has: itself.
      ...['sh', '-c', 'ip link set lo up && exec chroot "$0" /bin/sh -c "$1"', folder, line],
    ],
    { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' } },
  );
  return { code: status, said: stdout + stderr };
}

/** The machine's own release where it is a Debian, else the present stable one. */
function suite(): string {
  const release = readFileSync('/etc/os-release', 'utf8');
  const [, codename] = /^ID=debian$/m.test(release) ? (/^VERSION_CODENAME=(\w+)$/m.exec(release) ?? []) : [];
  return codename ?? 'trixie';
}
