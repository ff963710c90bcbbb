import type { ProductionModule } from './production-modules.ts';

export interface PackageFacts {
  /** As in package.json. */
  readonly version: string;
  readonly description: string;
  readonly glibc: string;
  readonly installedKiB: number;
}

const MAINTAINER = 'the particled authors <particled@users.noreply.github.com>';

/** A version of npm in the order of Debian: `1.0.0-rc.1` comes before `1.0.0`. */
export function debianVersion(version: string): string {
  return version.replace('-', '~');
}

export function controlFile(facts: PackageFacts): string {
  const [summary = '', ...rest] = facts.description.split(': ');
  return [
    'Package: particled',
    `Version: ${debianVersion(facts.version)}`,
    'Architecture: amd64',
    `Maintainer: ${MAINTAINER}`,
    `Installed-Size: ${facts.installedKiB}`,
    `Depends: libc6 (>= ${facts.glibc}), libgcc-s1, libstdc++6 (>= 6), systemd | systemd-standalone-sysusers | systemd-sysusers, systemd | systemd-standalone-tmpfiles | systemd-tmpfiles`,
    'Section: science',
    'Priority: optional',
    // Policy: the summary begins with a small letter and has no article.
    `Description: ${summary.replace(/^The /, '')}`,
    ...wrapped(`It ${rest.join(': ')}`, ' ', ' '),
    ' .',
    ' The package brings its own Node.js and networks, and needs no network.',
    '',
  ].join('\n');
}

/** Debian's changelog from the one of the project: an entry for each version, the unreleased one as that built. */
export function debianChangelog(
  changelog: string,
  built: { readonly version: string; readonly builtAt: Date },
): string {
  const [, ...sections] = changelog.split(/^## /m);
  return sections
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      const [, number, day] = /^\[?(\d[^\s\]]*)\]?(?: - (\d{4}-\d\d-\d\d))?/.exec(title) ?? [];
      const at = day ? new Date(`${day}T12:00:00Z`) : built.builtAt;
      return [
        `particled (${debianVersion(number ?? built.version)}) unstable; urgency=medium`,
        '',
        ...entriesOf(lines).flatMap(debianChange),
        '',
        ` -- ${MAINTAINER}  ${at.toUTCString().replace('GMT', '+0000')}`,
        '',
      ].join('\n');
    })
    .join('\n');
}

/** The entries of a section, each with the lines that it is continued on. */
function entriesOf(lines: readonly string[]): string[] {
  const text = lines.join('\n').replaceAll(/\n {2,}/g, ' ');
  return text.split('\n').filter((line) => line.trim() !== '');
}

function debianChange(entry: string): string[] {
  if (entry.startsWith('### ')) return [`  [ ${entry.slice(4)} ]`];
  return wrapped(entry.replace(/^- /, ''), '  * ', '    ');
}

/** Lines of up to 79 characters, broken at spaces. */
function wrapped(text: string, first: string, next: string): string[] {
  const lines = [first];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const isBegun = line !== first && line !== next;
    if (isBegun && line.length + 1 + word.length > 79) lines.push(next + word);
    else lines[lines.length - 1] = isBegun ? `${line} ${word}` : line + word;
  }
  return lines;
}

/** Debian's copyright: the licence of particled, and where those of Node and of each module lie. */
export function copyrightFile(licence: string, modules: readonly ProductionModule[]): string {
  const [, holder = 'the particled authors'] = /Copyright \(c\) (.+)/.exec(licence) ?? [];
  return [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'Upstream-Name: particled',
    'Source: the checkout that the package was built from',
    '',
    'Files: *',
    `Copyright: ${holder}`,
    'License: particled',
    ...indented(licence),
    '',
    'Files: usr/lib/particled/bin/node',
    'Copyright: the Node.js contributors, and those that its licence names',
    'License: Node',
    ' The text is in /usr/share/doc/particled/LICENSE.node.',
    ...modules.flatMap(({ folder, version, licence: name }) => [
      '',
      `Files: usr/lib/particled/${folder}/*`,
      `Copyright: the authors of ${folder.split('node_modules/').at(-1)} ${version}`,
      `License: ${name}`,
      ' The text is in that folder where its authors packed it, else in /usr/share/common-licenses.',
    ]),
    '',
  ].join('\n');
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? ' .' : ` ${line}`));
}
