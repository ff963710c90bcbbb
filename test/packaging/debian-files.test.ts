import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { controlFile, copyrightFile, debianChangelog, debianVersion } from '../../packaging/debian-files.ts';
import { loadConfig } from '../../src/config/load.ts';

describe('the files of the Debian package', () => {
  it('sort a release candidate before its release', () => {
    expect(['1.0.0', '1.0.0-rc.1'].map(debianVersion)).toEqual(['1.0.0', '1.0.0~rc.1']);
  });

  it('have an entry for each version of the changelog, with its day or that of the build', () => {
    const changelog =
      '# Changelog\n\n## Unreleased\n\n### Added\n- One\n  more.\n\n## 0.1.0 - 2026-10-05\n- First.\n';
    const built = { version: '0.2.0', builtAt: new Date('2026-11-28T06:00:00Z') };
    const text = debianChangelog(changelog, built).replaceAll(/ -- .* {2}/g, ' -- ');
    // 28 November 2026 is a Saturday, 5 October a Monday.
    expect(text).toBe(
      [
        'particled (0.2.0) unstable; urgency=medium',
        '',
        '  [ Added ]',
        '  * One more.',
        '',
        ' -- Sat, 28 Nov 2026 06:00:00 +0000',
        '',
        'particled (0.1.0) unstable; urgency=medium',
        '',
        '  * First.',
        '',
        ' -- Mon, 05 Oct 2026 12:00:00 +0000',
        '',
      ].join('\n'),
    );
  });

  it('break long entries before column 80', () => {
    const changelog = `## Unreleased\n- ${'word '.repeat(40).trim()}\n`;
    const lines = debianChangelog(changelog, { version: '1.0.0', builtAt: new Date(0) }).split('\n');
    // 4 characters before, then 15 words with their spaces fill 78 of 79; the last 10 of 40 make a third line.
    expect(lines.filter((line) => line.includes('word')).map((line) => line.length)).toEqual([78, 78, 53]);
  });

  it('describe the package in one line and more', () => {
    const control = controlFile({
      version: '1.0.0',
      description: 'The particle daemon: watches a folder.',
      glibc: '2.28',
      installedKiB: 9,
    });
    expect(control).toContain('Depends: libc6 (>= 2.28), ');
    expect(control).toContain('Description: particle daemon\n It watches a folder.\n');
  });

  it('name the licence of each module', () => {
    const licence = 'MIT License\n\nCopyright (c) 2026 somebody\n';
    const text = copyrightFile(licence, [{ folder: 'node_modules/zod', version: '4.0.0', licence: 'MIT' }]);
    expect(text).toContain('Copyright: 2026 somebody');
    expect(text).toContain(
      'Files: usr/lib/particled/node_modules/zod/*\nCopyright: the authors of zod 4.0.0',
    );
  });

  it('bring an example of a configuration that is valid, and nothing else than the defaults say', () => {
    const file = 'packaging/debian/config.yaml';
    expect(loadConfig(file, {})).toEqual(loadConfig(null, {}));
    expect(readFileSync(file, 'utf8')).toContain('particled config check');
  });
});
