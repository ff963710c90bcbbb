import { spawn } from 'node:child_process';
import type { Config } from '../config/schema.ts';
import { composedNight } from '../nights/composer.ts';
import { writeNight } from '../report/night/files.ts';
import { askedMessageId } from '../report/night/mail.ts';
import { createMailer, mailSettings } from '../report/night/mailer.ts';
import { hasBegun, lastNight, nightScheduleOf } from '../report/night/schedule.ts';
import { isLocalDate, type LocalDate } from '../report/night/zoned-time.ts';
import { openStoreReadOnly } from '../store/database.ts';

export interface ReportOptions {
  /** YYYY-MM-DD; undefined: the night that ended last. */
  readonly date?: string;
  /** Where files are written. */
  readonly out: string;
  readonly send: boolean;
  readonly open: boolean;
}

/**
 * Any night's report from the store: written as files, sent, or opened. Sending it marks nothing: the daemon's own mail of
 * that night goes out all the same, under another Message-ID.
 */
export async function report(config: Config, options: ReportOptions): Promise<void> {
  const date = dateOf(config, options.date);
  const mailer = options.send ? wantedMailer(config) : null;
  openStoreReadOnly(config.store.file).close(); // says what is wrong with it in the words of a person
  const mail = await composedNight({ config, localDate: date, reasons: null });
  if (mailer) {
    const { settings, send } = mailer;
    const messageId = askedMessageId(date, config.instrument.name, settings.from, new Date());
    const { refused, leftOut } = await send(mail, messageId);
    console.log(`sent to ${settings.to.join(', ')}: ${mail.subject}`);
    for (const address of refused) console.log(`refused for ${address}`);
    if (leftOut !== null) console.log(`sent without ${leftOut}`);
    return;
  }
  const files = writeNight(mail, date, options.out);
  for (const file of files) console.log(file);
  if (options.open) openFile(files[0]);
}

function dateOf({ mail }: Config, asked: string | undefined): LocalDate {
  const schedule = nightScheduleOf(mail);
  if (asked === undefined) return lastNight(new Date(), schedule);
  if (!isLocalDate(asked)) throw new Error(`--date ${asked}: is no date; give one as 2026-11-23`);
  if (!hasBegun(asked, new Date(), schedule)) {
    throw new Error(`--date ${asked}: that night has not begun; give an earlier one`);
  }
  return asked;
}

function wantedMailer(config: Config) {
  const settings = mailSettings(config);
  if (settings === null) {
    throw new Error(
      'mail.host: is not set, so nothing can be sent; set the section mail, or leave --send out',
    );
  }
  return { settings, send: createMailer(settings).send };
}

function openFile(path: string): void {
  spawn('xdg-open', [path], { stdio: 'ignore', detached: true })
    .once('error', (error) => console.error(`xdg-open: ${error.message}; open ${path} yourself`))
    .unref();
}
