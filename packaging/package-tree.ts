import {
  chmodSync,
  closeSync,
  cpSync,
  globSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The files of a package, below a folder that becomes `/`. */
export interface PackageTree {
  readonly folder: string;
  /** Copies a file or folder of the checkout, of a folder those files that are wanted. */
  copy(from: string, to: string, isWanted?: (path: string) => boolean): void;
  write(to: string, content: string | Uint8Array): void;
  /** What the files take up on a disk, as dpkg counts it. */
  sizeKiB(): number;
  /** Readable to all and writable to root, whatever the checkout has; what runs by itself may run. */
  setModes(): void;
}

export function createPackageTree(checkout: string, folder: string): PackageTree {
  const inTree = (path: string): string => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    return target;
  };
  const all = (): string[] => [
    folder,
    ...globSync('**/*', { cwd: folder }).map((path) => join(folder, path)),
  ];
  return {
    folder,
    copy: (from, to, filter = () => true) =>
      cpSync(join(checkout, from), inTree(to), { recursive: true, filter }),
    write: (to, content) => writeFileSync(inTree(to), content),
    sizeKiB: () =>
      all()
        .map((path) => lstatSync(path))
        .reduce((sum, stat) => sum + (stat.isFile() ? Math.ceil(stat.size / 1024) : 1), 0),
    setModes() {
      for (const path of all()) {
        const stat = lstatSync(path);
        const isOpen = stat.isDirectory() || ((stat.mode & 0o100) !== 0 && isProgram(path));
        chmodSync(path, isOpen ? 0o755 : 0o644);
      }
    },
  };
}

/** A binary or a shell script. Scripts for Node are read by the package's own Node, never started by themselves. */
function isProgram(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(9);
    readSync(file, head);
    return /^(\x7fELF|#!\/bin\/sh)/.test(head.toString('latin1'));
  } finally {
    closeSync(file);
  }
}
