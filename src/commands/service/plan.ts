import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldersElsewhere, type Installation, unitDifferences } from './differences.ts';
import { dropIn, MARK, wholeUnit } from './unit-text.ts';

/** What an installation as a service consists of; paths as the system sees them, without `--root`. */
export interface ServicePlan {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Files of an earlier `service install` that would contradict these. */
  readonly stale: readonly string[];
  /** Folders of results outside the unit's own, which the user particled needs. */
  readonly folders: readonly string[];
}

export const UNIT = '/etc/systemd/system/particled.service';
export const DROP_IN = '/etc/systemd/system/particled.service.d/50-installation.conf';
export const SYSUSERS = '/etc/sysusers.d/particled.conf';
export const TMPFILES = '/etc/tmpfiles.d/particled.conf';
const PACKAGED_UNITS = ['/usr/lib/systemd/system/particled.service', '/lib/systemd/system/particled.service'];
/** Of the package for npm, or of the checkout. */
const shipped = new URL('../../../systemd/', import.meta.url);

/**
 * A unit of its own, with user and folder; where a package of the system brings those, a drop-in with what differs.
 * @param root folder that is `/` of the system to be installed on
 * @throws Error where a file is in the way that `service install` has not written
 */
export function servicePlan(root: string, installation: Installation): ServicePlan {
  const packaged = packagedUnit(root);
  const folders = foldersElsewhere(installation.config);
  if (packaged !== null) {
    const text = dropIn(unitDifferences(installation, readFileSync(join(root, packaged), 'utf8')));
    const stale = [UNIT, SYSUSERS, TMPFILES].filter((path) => isOurs(root, path));
    return { files: [{ path: DROP_IN, text }], stale, folders };
  }
  const unit = shippedText('particled.service');
  refuseForeign(root, UNIT, unit);
  const files = [
    { path: UNIT, text: wholeUnit(unit, unitDifferences(installation, unit)) },
    { path: SYSUSERS, text: `${MARK}\n${shippedText('particled.sysusers')}` },
    { path: TMPFILES, text: `${MARK}\n${shippedText('particled.tmpfiles')}` },
  ];
  return { files, stale: [DROP_IN].filter((path) => isOurs(root, path)), folders };
}

/** Where a package of the system keeps its unit; null where none does. */
export function packagedUnit(root: string): string | null {
  return PACKAGED_UNITS.find((path) => existsSync(join(root, path))) ?? null;
}

/** Whether `service install` has written the file. */
export function isOurs(root: string, path: string): boolean {
  const file = join(root, path);
  return existsSync(file) && readFileSync(file, 'utf8').startsWith(MARK);
}

function refuseForeign(root: string, path: string, unit: string): void {
  const file = join(root, path);
  if (!existsSync(file) || isOurs(root, path) || readFileSync(file, 'utf8') === unit) return;
  throw new Error(
    `${file} is there and not from \`particled service install\`; move it away, and put your changes into a drop-in afterwards (systemctl edit particled)`,
  );
}

function shippedText(name: string): string {
  const file = new URL(name, shipped);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${fileURLToPath(file)} is missing, which comes with particled; install particled again`);
  }
}
