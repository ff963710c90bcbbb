import { readFileSync } from 'node:fs';

/** A block of a page that is marked to be followed: ```` ```sh followed ````. */
export interface FollowedBlock {
  /** Where it begins in the page. */
  readonly line: number;
  readonly commands: string;
}

export function followedBlocks(file: string): FollowedBlock[] {
  const page = readFileSync(file, 'utf8');
  return [...page.matchAll(/^```sh followed\n(.*?)^```$/gms)].map(({ index, 1: commands = '' }) => ({
    line: page.slice(0, index).split('\n').length,
    commands,
  }));
}

/** What stands for each line that speaks to a systemd which is not there, as in a clean root; all other lines are kept. */
const instead: Readonly<Record<string, string>> = {
  'sudo systemctl restart mosquitto': 'start mosquitto',
  'sudo systemctl enable --now particled': 'systemctl enable particled; start particled; await_ready',
  'sudo systemctl restart particled': 'stop particled; start particled; await_ready',
  // Nor is there a Windows PC: the mount point stays an empty folder.
  'sudo systemctl daemon-reload': ':',
  'sudo systemctl start mnt-phenom.automount': ':',
};

/** A unit's ExecStart= as its User=, in the background, after its ExecStartPre=; readiness as the daemon tells it in its log. */
const systemd = `
start() {
  unit=/lib/systemd/system/$1.service
  user=$(sed -n 's/^User=//p' $unit)
  command=$(sed -n 's/^ExecStart=//p' $unit)
  sed -n 's/^ExecStartPre=//p' $unit | sh -e
  setpriv --reuid "\${user:-root}" --regid "\${user:-root}" --init-groups $command >/tmp/$1.log 2>&1 &
  eval "$1=$!"
}
stop() { eval "kill -TERM \\$$1; wait \\$$1"; }
# As long as TimeoutStartSec= of the unit.
await_ready() {
  for second in $(seq 180); do grep -q 'particled is up' /tmp/particled.log && return; sleep 1; done
  cat /tmp/particled.log; exit 1
}`;

/**
 * One script that follows the blocks in their order and ends with the first command that fails.
 * @throws Error at a line for systemctl that nothing stands for
 */
export function scriptOf(blocks: readonly FollowedBlock[]): string {
  const told = blocks.map(
    ({ line, commands }) =>
      `echo "+++ line ${line}"\n${commands.replaceAll(/^sudo systemctl .*$/gm, stated)}`,
  );
  return ['set -e', systemd, ...told, 'stop particled', 'kill $mosquitto'].join('\n');
}

function stated(line: string): string {
  const other = instead[line];
  if (other === undefined)
    throw new Error(`nothing stands for \`${line}\` where systemd does not run; say what`);
  return other;
}
