/** What this installation says otherwise than the unit that comes with particled. */
export interface UnitDifferences {
  /** Lines of [Unit]. */
  readonly unit: readonly string[];
  /** Lines of [Service], without ExecStart=. */
  readonly service: readonly string[];
  /** The command line; null: that of the unit. */
  readonly execStart: string | null;
}

/** First line of every file that `service install` writes; what lacks it is somebody else's. */
export const MARK =
  '# Written by `particled service install`, removed by `particled service uninstall` (of a worker, with --worker).';
/** What it begins with, so that those of other versions are known too. */
export const MARK_BEGINNING = '# Written by `particled service install`';

/** The unit that comes with particled, with the differences in their places: hardening and all else stay as they are. */
export function wholeUnit(shipped: string, { unit, service, execStart }: UnitDifferences): string {
  const command = execStart === null ? commandOf(shipped) : `ExecStart=${execStart}`;
  const withCommand = shipped.replace(/^ExecStart=.*$/m, () => [command, ...service].join('\n'));
  const withMounts = withCommand.replace(/\n\n\[Service\]/, () => ['', ...unit, '', '[Service]'].join('\n'));
  return `${MARK}\n${withMounts}`;
}

/** The differences alone, as systemd reads them after the unit of a package. */
export function dropIn({ unit, service, execStart }: UnitDifferences): string {
  // A first empty ExecStart= takes the unit's own away: of two, systemd would run both.
  const command = execStart === null ? [] : ['ExecStart=', `ExecStart=${execStart}`];
  const sections = [
    ['[Unit]', ...unit],
    ['[Service]', ...command, ...service],
  ];
  const told = sections.filter((section) => section.length > 1).map((section) => section.join('\n'));
  return `${[MARK, ...told].join('\n\n')}\n`;
}

/** `ExecStart=...` of a unit. */
export function commandOf(unit: string): string {
  return /^ExecStart=.*$/m.exec(unit)?.[0] ?? '';
}

/** A word of a command line (systemd.service(5)): `%` and `$` would be replaced, blanks and quotes would end it. */
export function commandWord(word: string): string {
  return pathWord(word).replaceAll('$', '$$$$');
}

/** A path in a list of paths (systemd.unit(5)). */
export function pathWord(path: string): string {
  const plain = path.replaceAll('%', '%%');
  return /[\s"'\\;]/.test(plain) ? `"${plain.replaceAll(/["\\]/g, '\\$&')}"` : plain;
}
