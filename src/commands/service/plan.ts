import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldersElsewhere, type Installation, unitDifferences } from './differences.ts';
import { DAEMON, type Service, WORKER } from './service.ts';
import { dropIn, MARK, MARK_BEGINNING, wholeUnit } from './unit-text.ts';

/** What an installation as a service consists of; paths as the system sees them, without `--root`. */
export interface ServicePlan {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Files of an earlier `service install` that would contradict these. */
  readonly stale: readonly string[];
  /** Folders of results outside the unit's own, which its user needs. */
  readonly folders: readonly string[];
}

/** Of both services. */
export const SYSUSERS = '/etc/sysusers.d/particled.conf';
export const TMPFILES = '/etc/tmpfiles.d/particled.conf';
/** Of the package for npm, or of the checkout. */
const shipped = new URL('../../../systemd/', import.meta.url);

export function unitFile({ name }: Service): string {
  return `/etc/systemd/system/${name}.service`;
}

export function dropInFile(service: Service): string {
  return `${unitFile(service)}.d/50-installation.conf`;
}

/** What `systemctl enable` makes. */
export function wantedLink({ name }: Service): string {
  return `/etc/systemd/system/multi-user.target.wants/${name}.service`;
}

/**
 * A unit of its own, with user and folder; where a package of the system brings those, a drop-in with what differs.
 * @param root folder that is `/` of the system to be installed on
 * @throws Error where a file is in the way that `service install` has not written
 */
export function servicePlan(root: string, installation: Installation): ServicePlan {
  const { service } = installation;
  const [unitPath, dropInPath] = [unitFile(service), dropInFile(service)];
  const packaged = packagedUnit(root, service);
  const folders = foldersElsewhere(installation);
  if (packaged !== null) {
    const text = dropIn(unitDifferences(installation, readFileSync(join(root, packaged), 'utf8')));
    const stale = [unitPath, SYSUSERS, TMPFILES].filter((path) => isOurs(root, path));
    return { files: [{ path: dropInPath, text }], stale, folders };
  }
  const unit = shippedText(`${service.name}.service`);
  refuseForeign(root, service, unit);
  const files = [
    { path: unitPath, text: wholeUnit(unit, unitDifferences(installation, unit)) },
    { path: SYSUSERS, text: `${MARK}\n${shippedText('particled.sysusers')}` },
    { path: TMPFILES, text: `${MARK}\n${shippedText('particled.tmpfiles')}` },
  ];
  return { files, stale: [dropInPath].filter((path) => isOurs(root, path)), folders };
}

/** Where a package of the system keeps its unit; null where none does. */
export function packagedUnit(root: string, { name }: Service): string | null {
  const places = [`/usr/lib/systemd/system/${name}.service`, `/lib/systemd/system/${name}.service`];
  return places.find((path) => existsSync(join(root, path))) ?? null;
}

/** What `service install` has written of this one and of no other that is installed. */
export function ownFiles(root: string, service: Service): string[] {
  const other = service === DAEMON ? WORKER : DAEMON;
  const shared = isOurs(root, unitFile(other)) ? [] : [SYSUSERS, TMPFILES];
  const own = [unitFile(service), dropInFile(service)].filter((path) => isOurs(root, path));
  return own.length === 0 ? [] : [...own, ...shared.filter((path) => isOurs(root, path))];
}

/** Whether `service install` has written the file. */
function isOurs(root: string, path: string): boolean {
  const file = join(root, path);
  return existsSync(file) && readFileSync(file, 'utf8').startsWith(MARK_BEGINNING);
}

function refuseForeign(root: string, service: Service, unit: string): void {
  const path = unitFile(service);
  const file = join(root, path);
  if (!existsSync(file) || isOurs(root, path) || readFileSync(file, 'utf8') === unit) return;
  throw new Error(
    `${file} is there and not from \`particled service install\`; move it away, and put your changes into a drop-in afterwards (systemctl edit ${service.name})`,
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
