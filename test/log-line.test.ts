import { describe, expect, it } from 'vitest';
import { journalLine, prettyLine } from '../src/log-line.ts';

const time = '2026-03-14T12:00:00.000Z';
const line = (level: number, facts: object, msg = 'tile set aside'): string =>
  JSON.stringify({ level, time, ...facts, msg });

describe('a log line for the journal', () => {
  it.each([
    [20, 7],
    [30, 6],
    [40, 4],
    [50, 3],
  ])('of level %i has the priority %i of syslog', (level, priority) => {
    expect(journalLine(line(level, {}))).toBe(`<${priority}>tile set aside\n`);
  });

  it('is one line whatever its facts hold, since the next would have no priority', () => {
    const said = journalLine(line(50, { err: 'two\nlines', path: '/a b.tif', n: 3, list: ['x'] }, 'a\nb'));
    expect(said).toBe('<3>a\\u000ab err="two\\nlines" path="/a b.tif" n=3 list=["x"]\n');
  });
});

describe('a log line for people', () => {
  it('has the time of day, the level, the message and the facts', () => {
    const said = prettyLine(line(40, { path: '/export/a.tif' }), false);
    const at = new Date(time).toTimeString().slice(0, 8);
    expect(said).toBe(`${at} warn  tile set aside path=/export/a.tif\n`);
  });

  it('is coloured where asked, and moves no cursor by what a file is called', () => {
    expect(prettyLine(line(50, {}), true)).toContain('\u001b[31merror\u001b[0m');
    const said = prettyLine(line(30, { path: 'a\u001b[2Jb\u009bc' }), false);
    for (const control of ['\u001b', '\u009b']) expect(said).not.toContain(control);
    expect(said).toContain('path="a\\u001b[2Jb\\u009bc"');
  });
});
