import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { type Daemon, startDaemon } from '../daemon.ts';
import { createLogger } from '../logger.ts';
import { moduleUrl } from '../module-url.ts';
import { progressSchema } from '../publish/schema/progress.ts';
import { type SummaryMessage, summarySchema } from '../publish/schema/summary.ts';
import { tileSchema } from '../publish/schema/tile.ts';
import { writeNight } from '../report/night/files.ts';
import { askedMessageId } from '../report/night/mail.ts';
import { createMailer, mailSettings } from '../report/night/mailer.ts';
import { nightScheduleOf, nightUnderWay } from '../report/night/schedule.ts';
import { sampleFolder, writtenRevision } from '../report/sample/sample-files.ts';
import { counted } from '../statistics/numeric/figure-digits.ts';
import { startMailSink } from './mail-sink.ts';
import { summaryTable } from './summary-table.ts';

const ROWS = 3;
const COLUMNS = 8;
const REPORT_MS = 120_000;
const PAGE_MS = 30_000;

/**
 * The whole product on one screen: a virtual microscope, the daemon with its broker and its live page, and a subscriber.
 * With `open` the page stays, until a signal ends it.
 */
export async function demo({ open }: { readonly open: boolean }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-demo-'));
  const exportFolder = join(folder, 'export');
  mkdirSync(exportFolder);
  const sink = await startMailSink(folder);
  const config = loadConfig(
    null,
    {},
    {
      instrument: { name: 'demo' },
      watch: { folder: exportFolder, stabilityMs: 200, rescanIntervalS: 5 },
      grid: { rows: ROWS, columns: COLUMNS, stallAfterS: 60 },
      target: { d50MinUm: 4.5, d50MaxUm: 6 },
      store: { file: join(folder, 'particled.db') },
      mqtt: { broker: 'embedded', port: 0, summaryIntervalS: 5 },
      report: { folder: join(folder, 'reports') },
      dashboard: { port: 0 },
      mail: {
        ...{ host: '127.0.0.1', port: sink.port, security: 'none' },
        ...{ from: 'particled@demo.invalid', to: ['scientist@demo.invalid'] },
      },
    },
  );
  console.log(`A virtual microscope writes ${ROWS} x ${COLUMNS} tiles of LiCoO2 powder into ${exportFolder}`);
  const daemon = await startDaemon(config, createLogger({ level: 'warn' }));
  console.log(`Live page: ${await pageOf(daemon)}`);
  console.log(`particled watches the folder and publishes at ${daemon.brokerUrl}; a subscriber receives:\n`);
  const microscope = fork(
    moduleUrl('../cli', import.meta.url),
    [
      ...['simulate', '--out', exportFolder, '--rows', String(ROWS), '--columns', String(COLUMNS)],
      ...['--interval-ms', '400'],
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  try {
    const summary = await Promise.race([watchTheResult(daemon.brokerUrl), failureOf(microscope)]);
    console.log(`\nReport of the sample: ${await reportOf(join(folder, 'reports'), summary)}`);
    const page = await sendTheNight(config, daemon, folder);
    console.log(`Mail of the night:    ${page}\n  as SMTP brought it: ${sink.files.join(', ')}`);
    if (open) await untilInterrupted(daemon);
  } finally {
    microscope.kill();
    await daemon.stop();
    await sink.close();
  }
}

async function untilInterrupted(daemon: Daemon): Promise<void> {
  console.log(`Live page, until Ctrl-C:  ${daemon.pageUrl() ?? 'starts again'}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

/** Where the live page is, once it listens; why it does not, where it takes too long. */
async function pageOf(daemon: Daemon): Promise<string> {
  const patience = AbortSignal.timeout(PAGE_MS);
  for (;;) {
    const url = daemon.pageUrl();
    if (url !== null) return url;
    if (patience.aborted) return `did not start within ${PAGE_MS / 1000} s`;
    await pause(100);
  }
}

/** Path of the sample's page, once its files are written. */
async function reportOf(reportFolder: string, { sample, run, revision }: SummaryMessage): Promise<string> {
  const folder = sampleFolder(reportFolder, sample.id, run);
  const patience = AbortSignal.timeout(REPORT_MS);
  while ((await writtenRevision(folder)) < revision) {
    if (patience.aborted) throw new Error(`${folder}: no report within ${REPORT_MS / 1000} s`);
    await pause(200);
  }
  return join(folder, 'report.html');
}

/** Sends the mail of the night under way without waiting for its end; gives the path of its HTML. */
async function sendTheNight(config: Config, daemon: Daemon, folder: string): Promise<string> {
  const settings = mailSettings(config);
  if (settings === null) throw new Error('the demo has no mail server');
  const date = nightUnderWay(new Date(), nightScheduleOf(settings));
  const mail = await daemon.nightMail(date);
  const messageId = askedMessageId(date, config.instrument.name, settings.from, new Date());
  await createMailer(settings).send(mail, messageId);
  return writeNight(mail, date, folder)[0];
}

function failureOf(microscope: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    microscope.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the virtual microscope ended with exit code ${code}`));
    });
  });
}

/** Prints what arrives until the final summary has, and gives that. */
async function watchTheResult(url: string): Promise<SummaryMessage> {
  const subscriber = await connectAsync(url, { protocolVersion: 4 });
  const final = new Promise<unknown>((resolve, reject) => {
    subscriber.on('message', (topic, payload) => {
      try {
        const message: unknown = JSON.parse(payload.toString());
        if (topic.endsWith('/summary') && isFinal(message)) resolve(message);
        else if (topic.endsWith('/tile')) printTile(message);
        else if (topic.endsWith('/progress')) printProgress(message);
      } catch (error) {
        reject(error);
      }
    });
  });
  await subscriber.subscribeAsync('particled/#', { qos: 1 });
  const summary = summarySchema.parse(await final);
  console.log(
    `\n\nparticled/demo/sample/${summary.sample.id}/run/${summary.run}/summary, revision ${summary.revision}, final:\n`,
  );
  const { sequence: _, ...stored } = summary;
  console.log(summaryTable([stored]));
  await subscriber.endAsync();
  return summary;
}

function isFinal(message: unknown): boolean {
  return summarySchema.parse(message).final;
}

function printTile(message: unknown): void {
  const { tile, counts } = tileSchema.parse(message);
  const found = counts ? `${counted(counts.all, 'particle')}, ${counts.uncertain} uncertain` : 'failed';
  process.stdout.write(`  ${tile.file.padEnd(24)} ${found.padEnd(30)}`);
}

function printProgress(message: unknown): void {
  const { coverage, tilesSegmented } = progressSchema.parse(message);
  const done = Math.round((20 * tilesSegmented) / coverage.tilesExpected);
  console.log(
    `${'█'.repeat(done)}${'░'.repeat(20 - done)} ${tilesSegmented}/${coverage.tilesExpected} tiles`,
  );
}
