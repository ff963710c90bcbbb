import { spawn } from 'node:child_process';
import type { Config } from '../config/schema.ts';
import { composedNight } from '../nights/composer.ts';
import { writeNight } from '../report/night/files.ts';
import { askedMessageId } from '../report/night/mail.ts';
import { createMailer, mailSettings } from '../report/night/mailer.ts';
import { hasBegun, lastNight, nightScheduleOf, nightUnderWay } from '../report/night/schedule.ts';
import { addDays, isLocalDate, type LocalDate, localDateOf } from '../report/night/zoned-time.ts';
import { openStoreReadOnly } from '../store/database.ts';
import { reportSample } from './report-sample.ts';

export interface ReportOptions {
  /** YYYY-MM-DD, today, yesterday or tonight; undefined: the night that ended last. */
  readonly date?: string;
  /** Of this sample instead of a night. */
  readonly sample?: string;
  readonly run?: string;
  /** Of a sample: which particles count instead of those of its summary. */
  readonly filter?: string;
  /** Where files are written; undefined: here, and those of a sample where the daemon keeps them. */
  readonly out?: string;
  readonly send: boolean;
  readonly open: boolean;
  readonly json: boolean;
}

/** A night's report, or the page of a sample made again. */
export async function report(config: Config, options: ReportOptions): Promise<void> {
  const { sample, run, open, json, filter } = options;
  if (sample === undefined) {
    if (run !== undefined) throw new Error(`--run ${run}: is of a sample; give --sample too`);
    if (filter !== undefined) throw new Error(`--filter ${filter}: is of a sample; give --sample too`);
    return await reportNight(config, options);
  }
  const { out } = options;
  const asked = { sample, ...(run !== undefined && { run }), ...(out !== undefined && { out }) };
  const written = await reportSample(config, { ...asked, ...(filter !== undefined && { filter }) });
  console.log(json ? JSON.stringify(written, null, 2) : written.page);
  if (open) openFile(written.page);
}

/**
 * Any night's report from the store: written as files, sent, or opened. Sending it marks nothing: the daemon's own mail of
 * that night goes out all the same, under another Message-ID.
 */
async function reportNight(config: Config, options: ReportOptions): Promise<void> {
  const { json } = options;
  const date = dateOf(config, options.date);
  const mailer = options.send ? wantedMailer(config) : null;
  openStoreReadOnly(config.store.file).close(); // says what is wrong with it in the words of a person
  const mail = await composedNight({ config, localDate: date, reasons: null });
  if (mailer) {
    const { settings, send } = mailer;
    const messageId = askedMessageId(date, config.instrument.name, settings.from, new Date());
    const { refused, leftOut } = await send(mail, messageId);
    if (json) {
      console.log(
        JSON.stringify({ date, subject: mail.subject, to: settings.to, refused, leftOut }, null, 2),
      );
      return;
    }
    console.log(`sent to ${settings.to.join(', ')}: ${mail.subject}`);
    for (const address of refused) console.log(`refused for ${address}`);
    if (leftOut !== null) console.log(`sent without ${leftOut}`);
    return;
  }
  const files = writeNight(mail, date, options.out ?? '.');
  if (json) console.log(JSON.stringify({ date, subject: mail.subject, files }, null, 2));
  else for (const file of files) console.log(file);
  if (options.open) openFile(files[0]);
}

function dateOf({ mail }: Config, asked: string | undefined): LocalDate {
  const schedule = nightScheduleOf(mail);
  const now = new Date();
  if (asked === undefined) return lastNight(now, schedule);
  const today = localDateOf(now, schedule.timeZone);
  const words = new Map([
    ['today', today],
    ['yesterday', addDays(today, -1)],
    ['tonight', nightUnderWay(now, schedule)],
  ]);
  const date = words.get(asked) ?? asked;
  if (!isLocalDate(date)) {
    throw new Error(
      `--date ${asked}: is no date; give one as 2026-11-23, or ${[...words.keys()].join(', ')}`,
    );
  }
  if (!hasBegun(date, now, schedule)) {
    throw new Error(`--date ${asked}: that night has not begun; give an earlier one`);
  }
  return date;
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
