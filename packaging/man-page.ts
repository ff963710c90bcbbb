/** A command and what it says of itself. */
export interface CommandHelp {
  /** As typed, `particled models add`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The help of a program and of all its commands, theirs included.
 * @param helpOf prints the help of a command, given its words without the program's name
 */
export function commandHelps(
  name: string,
  helpOf: (words: readonly string[]) => string,
  words: readonly string[] = [],
): CommandHelp[] {
  const text = helpOf(words);
  const below = commandsIn(text).flatMap((command) => commandHelps(name, helpOf, [...words, command]));
  return [{ name: [name, ...words].join(' '), text }, ...below];
}

/** Names in the lists of commands that a help ends with, whatever the groups are called. */
function commandsIn(help: string): string[] {
  const list = help.split(/^Options:$/m)[1]?.replace(/^.*?\n\n/s, '') ?? help.split(/^Commands:$/m)[1] ?? '';
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
}

export interface ManPageFacts {
  readonly version: string;
  /** Day of the build, as 2026-11-23. */
  readonly date: string;
  /** One line, for `man -k`. */
  readonly purpose: string;
}

/** A page of section 1 in the man macros: the help as it is printed, the files, what exit codes mean. */
export function manPage([program, ...commands]: readonly CommandHelp[], facts: ManPageFacts): string {
  if (program === undefined) throw new Error('a man page needs the help of the program');
  return [
    `.TH ${program.name.toUpperCase()} 1 ${facts.date} "particled ${facts.version}" "User Commands"`,
    '.SH NAME',
    `${program.name} \\- ${escaped(facts.purpose)}`,
    '.SH SYNOPSIS',
    ...asPrinted(program.text.replace(/^Usage: /, '')),
    '.SH COMMANDS',
    ...commands.flatMap(({ name, text }) => [`.SS ${escaped(name)}`, ...asPrinted(text)]),
    '.SH EXIT STATUS',
    '0 when all is well, 1 when a file, a setting or this computer is at fault; standard error says which.',
    '.SH FILES',
    ...files.flatMap(([path, what]) => ['.TP', `.I ${path}`, what]),
    '.SH SEE ALSO',
    '/usr/share/doc/particled/docs/README.md: which document answers which question',
    '',
  ].join('\n');
}

const files = [
  ['/etc/particled/config.yaml', 'What this laboratory sets; the unit particled.service reads it.'],
  ['/usr/share/doc/particled/config/default.yaml', 'Every setting with its unit, range and default.'],
  ['/var/lib/particled', 'Database and reports.'],
] as const;

function asPrinted(text: string): string[] {
  return ['.nf', ...text.trimEnd().split('\n').map(escaped), '.fi'];
}

/** Text that troff prints as it is: a hyphen that is typed, no macro at the beginning of a line. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
}
