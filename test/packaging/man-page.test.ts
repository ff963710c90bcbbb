import { describe, expect, it } from 'vitest';
import { commandHelps, manPage } from '../../packaging/man-page.ts';

const helps: Readonly<Record<string, string>> = {
  '': "Usage: lab [command]\n\nOptions:\n  --all  'quoted'\n\nEvery day:\n  models [options]  the networks\n\nLaboratory:\n  tune [options]    thresholds\n\nCommands:\n  help [command]    help\n",
  tune: 'Usage: lab tune',
  models: 'Usage: lab models\n\nCommands:\n  add <file>  takes one\n                in\n',
  'models add': "Usage: lab models add\n\n.dot first\n'quote first",
};
const helpOf = (words: readonly string[]): string => helps[words.join(' ')] ?? '';

describe('the man page', () => {
  it('asks every command for its help, and those below it', () => {
    expect(commandHelps('lab', helpOf).map(({ name }) => name)).toEqual([
      'lab',
      'lab models',
      'lab models add',
      'lab tune',
    ]);
  });

  it('prints options as typed, and takes no line for a macro', () => {
    const facts = { version: '1.2.3', date: '2026-11-23', purpose: 'a laboratory' };
    const page = manPage(commandHelps('lab', helpOf), facts);
    expect(page).toContain('.TH LAB 1 2026-11-23 "particled 1.2.3"');
    expect(page).toContain('.SS lab models add\n');
    expect(page).toContain("\n  \\-\\-all  'quoted'\n");
    expect(page).toContain("\n\\&.dot first\n\\&'quote first\n");
  });
});
