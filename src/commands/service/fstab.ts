/** A line of fstab(5). */
export interface FstabEntry {
  readonly mountPoint: string;
  readonly options: readonly string[];
}

/** The entry whose mount holds an absolute path, the nearest one above it; null where that is the root or none. */
export function entryFor(path: string, fstab: string): FstabEntry | null {
  const above = fstab
    .split('\n')
    .flatMap(entryIn)
    .filter(({ mountPoint }) => mountPoint !== '/' && `${path}/`.startsWith(`${mountPoint}/`));
  return above.toSorted((a, b) => b.mountPoint.length - a.mountPoint.length)[0] ?? null;
}

/** Such a share is mounted when somebody looks, and again after it was away. */
export function mountsItself({ options }: FstabEntry): boolean {
  return options.includes('x-systemd.automount');
}

function entryIn(line: string): FstabEntry[] {
  const [source, mountPoint, , options] = line.trim().split(/\s+/);
  if (source === undefined || source.startsWith('#') || mountPoint === undefined) return [];
  // A blank in a path is \040 there.
  const path = mountPoint.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return [{ mountPoint: path, options: options?.split(',') ?? [] }];
}
