import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rooms } from '../.dependency-cruiser.ts';
import { anchorOf } from '../scripts/schema-fields.ts';

const root = join(import.meta.dirname, '..');
const textOf = (path: string): string => readFileSync(path, 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md', '{examples,systemd,training}/*.md'], { cwd: root });

function anchorsOf(text: string): Set<string> {
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title)));
}

describe('the documents', () => {
  it.each(documents)('%s links to what is there', (document) => {
    const path = join(root, document);
    const links = [...textOf(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(textOf(target)).has(anchor);
    });
    expect(dead).toEqual([]);
  });

  it('CONTRIBUTING names the rooms in the order in which they may import', () => {
    const list = /In the order of imports: ([^.]+)\./.exec(textOf(join(root, 'CONTRIBUTING.md')))?.[1];
    expect(list?.split(/,\s+/)).toEqual(rooms);
  });

  it('CONTRIBUTING names files that are there', () => {
    const rows = textOf(join(root, 'CONTRIBUTING.md'))
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const missing = rows.flatMap((row) => {
      let folder = root;
      return [...row.matchAll(/`([\w./*<>-]+[./][\w./*<>-]*)`/g)].flatMap(([, name = '']) => {
        // A name without its folder lies beside the one before it.
        const path = /^(src|bin|models|packaging|systemd|training|docs|scripts|test|examples)\//.test(name)
          ? join(root, name)
          : join(folder, name);
        const found = globSync(relative(root, path).replaceAll(/<\w+>/g, '*'), { cwd: root });
        if (path === join(root, name)) folder = name.endsWith('/') ? path : dirname(path);
        return found.length > 0 ? [] : [name];
      });
    });
    expect(missing).toEqual([]);
  });
});
