/** Log lines for people; pino writes the JSON that they are made of. */

export type LogFormat = 'pretty' | 'journal' | 'json';

interface Entry {
  readonly level: number;
  readonly time: string;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

/** Pino's levels in words, and as journald's priorities (syslog(3)): debug 7, info 6, warning 4, error 3. */
const levels: ReadonlyMap<
  number,
  { readonly word: string; readonly priority: number; readonly colour: number }
> = new Map([
  [20, { word: 'debug', priority: 7, colour: 90 }],
  [30, { word: 'info', priority: 6, colour: 32 }],
  [40, { word: 'warn', priority: 4, colour: 33 }],
  [50, { word: 'error', priority: 3, colour: 31 }],
]);

/** One line for a person at a terminal: time of day, level, message, facts. */
export function prettyLine(json: string, coloured: boolean): string {
  const { level, time, msg, ...facts } = JSON.parse(json) as Entry;
  const { word, colour } = levelOf(level);
  const at = new Date(time);
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, '0'));
  const name = word.padEnd(5);
  return `${clock.join(':')} ${coloured ? `\u001b[${colour}m${name}\u001b[0m` : name} ${words(msg, facts)}\n`;
}

/** One line as journald reads it (sd-daemon(3)): the priority in front; the journal has the time itself. */
export function journalLine(json: string): string {
  const { level, time: _, msg, ...facts } = JSON.parse(json) as Entry;
  return `<${levelOf(level).priority}>${words(msg, facts)}\n`;
}

function levelOf(level: number) {
  return levels.get(level) ?? { word: 'error', priority: 3, colour: 31 };
}

/** Message and facts on one line, since a line break would begin another entry without a priority. */
function words(msg: string, facts: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(facts).map(([name, value]) => `${name}=${valueText(value)}`);
  return [oneLine(msg), ...told].join(' ');
}

function valueText(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=\p{C}]+$/u.test(value) ? value : oneLine(JSON.stringify(value));
}

/** Without what would move the cursor of a terminal: JSON leaves some control characters as they are. */
function oneLine(text: string): string {
  return text.replace(
    /\p{C}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
