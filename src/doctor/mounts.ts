/** A file system where it is mounted, as /proc/self/mountinfo lists it. */
export interface Mount {
  readonly mountPoint: string;
  readonly type: string;
  /** A device, or a share such as //phenom/export. */
  readonly source: string;
}

const NETWORK =
  /^(nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|fuse\.(sshfs|glusterfs|davfs|rclone|s3fs)|davfs|vboxsf|fuse\.vmhgfs-fuse|prl_fs|virtiofs)$/;

/** The mount that holds an absolute path: of those above it the nearest, and there the one on top. */
export function mountOf(path: string, mountinfo: string): Mount | null {
  const above = mountinfo
    .split('\n')
    .flatMap(mountIn)
    .filter(({ mountPoint }) => mountPoint === '/' || `${path}/`.startsWith(`${mountPoint}/`));
  return above.reduce<Mount | null>(
    (best, mount) => (best === null || mount.mountPoint.length >= best.mountPoint.length ? mount : best),
    null,
  );
}

/** Changes made by others are not told there, and locks are not to be relied on. */
export function isNetwork({ type }: Mount): boolean {
  return NETWORK.test(type);
}

export function mountText({ type, source }: Mount): string {
  return `${type} (${source})`;
}

/** proc(5): `id parent major:minor root mountpoint options [optional...] - type source superoptions`. */
function mountIn(line: string): Mount[] {
  const [left = '', right = ''] = line.split(' - ');
  const mountPoint = left.split(' ')[4];
  const [type, source] = right.split(' ');
  if (mountPoint === undefined || type === undefined || source === undefined) return [];
  return [{ mountPoint: unescaped(mountPoint), type, source: unescaped(source) }];
}

/** Blanks and the like are octal there. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
