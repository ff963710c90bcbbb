import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { pino } from 'pino';
import { journalLine, type LogFormat, prettyLine } from './log-line.ts';

/** The few calls that rooms make; pino satisfies it, and so does a test's recorder. */
export interface Logger {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

const STDERR = 2;

/** Lines on standard error, written before the call returns, so that a process that ends has said everything. */
export function createLogger({
  level,
  format = 'auto',
}: {
  readonly level: string;
  readonly format?: LogFormat | 'auto';
}): Logger {
  const written = format === 'auto' ? formatFor(process.env) : format;
  const coloured = isatty(STDERR) && !process.env.NO_COLOR;
  const lineOf = {
    json: (json: string) => json,
    journal: journalLine,
    pretty: (json: string) => prettyLine(json, coloured),
  }[written];
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, { write: (json: string) => writeWhole(lineOf(json)) });
}

const FULL_TRIES = 100;
const FULL_PAUSE_MS = 10;

/** A reader that takes nothing for a second loses the line: the daemon does not wait for it. */
function writeWhole(line: string): void {
  let rest: Uint8Array = Buffer.from(line);
  for (let tries = 0; rest.length > 0 && tries < FULL_TRIES; ) {
    try {
      rest = rest.subarray(writeSync(STDERR, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return; // nobody reads any more
      tries += 1;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PAUSE_MS);
    }
  }
}

/** What reads standard error: journald, a person at a terminal, or a program. */
function formatFor({ JOURNAL_STREAM }: Readonly<Record<string, string | undefined>>): LogFormat {
  if (JOURNAL_STREAM !== undefined && JOURNAL_STREAM === streamOf(STDERR)) return 'journal';
  return isatty(STDERR) ? 'pretty' : 'json';
}

/** As systemd.exec(5) names the journal's stream; a child whose output goes elsewhere inherits the variable too. */
function streamOf(descriptor: number): string | null {
  try {
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null; // closed
  }
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
