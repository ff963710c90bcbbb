import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { loadConfig } from '../config/load-config.ts';
import { startDaemon } from '../daemon.ts';
import { createLogger } from '../logger.ts';
import { moduleUrl } from '../module-url.ts';
import { progressSchema } from '../publish/schema-progress.ts';
import { type SummaryMessage, summarySchema } from '../publish/schema-summary.ts';
import { tileSchema } from '../publish/schema-tile.ts';
import { sampleFolder, writtenRevision } from '../report/sample-files.ts';
import { summaryTable } from './summary-table.ts';

const ROWS = 3;
const COLUMNS = 8;
const REPORT_MS = 120_000;

/** The whole product on one screen: a virtual microscope, the daemon with its broker, and a subscriber. */
export async function demo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-demo-'));
  const exportFolder = join(folder, 'export');
  mkdirSync(exportFolder);
  const config = loadConfig(
    null,
    {},
    {
      instrument: { name: 'demo' },
      watch: { folder: exportFolder, stabilityMs: 200, rescanIntervalS: 5 },
      grid: { rows: ROWS, columns: COLUMNS, stallAfterS: 60 },
      store: { file: join(folder, 'particled.db') },
      mqtt: { broker: 'embedded', port: 0, summaryIntervalS: 5 },
      report: { folder: join(folder, 'reports') },
    },
  );
  console.log(`A virtual microscope writes ${ROWS} x ${COLUMNS} tiles of LiCoO2 powder into ${exportFolder}`);
  const daemon = await startDaemon(config, createLogger('warn'));
  console.log(`particled watches it and publishes at ${daemon.brokerUrl}; a subscriber receives:\n`);
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
    console.log(`\nThe report of the sample, its tables, charts and overlays beside it:`);
    console.log(await reportOf(join(folder, 'reports'), summary));
  } finally {
    microscope.kill();
    await daemon.stop();
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

function failureOf(microscope: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    microscope.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the virtual microscope ended with exit code ${code}`));
    });
  });
}

/** Prints what arrives until the final summary has. */
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
  const found = counts ? `${counts.all} particles, ${counts.uncertain} uncertain` : 'failed';
  process.stdout.write(`  ${tile.file.padEnd(24)} ${found.padEnd(30)}`);
}

function printProgress(message: unknown): void {
  const { coverage, tilesSegmented } = progressSchema.parse(message);
  const done = Math.round((20 * tilesSegmented) / coverage.tilesExpected);
  console.log(
    `${'█'.repeat(done)}${'░'.repeat(20 - done)} ${tilesSegmented}/${coverage.tilesExpected} tiles`,
  );
}
