import { z } from 'zod';
import { dashboardSchema } from './dashboard.ts';
import { diskSchema } from './disk.ts';
import { precisionSchema, targetSchema } from './goals.ts';
import { healthSchema } from './health.ts';
import { imagingSchema } from './imaging.ts';
import { instrumentSchema } from './instrument.ts';
import { mailSchema } from './mail.ts';
import { monitoringSchema } from './monitoring.ts';
import { logSchema, mqttSchema, reportSchema, storeSchema } from './output.ts';
import { segmenterQueueSchema, workerSchema } from './queue.ts';
import { retentionSchema } from './retention.ts';
import { shadowSchema } from './shadow.ts';
import { sinceMs } from './since.ts';
import { statisticsSchema } from './statistics.ts';

const path = z.string().min(1, 'must not be empty');
const folder = path;

const watch = z.strictObject({
  folder: folder
    .default('/srv/phenom/export')
    .describe("The microscope's export folder; particled only reads it."),
  include: z
    .array(z.string().min(1))
    .min(1)
    .default(['**/*.tif', '**/*.tiff', '**/*.png', '**/*.jpg', '**/*.jpeg', '**/*.bmp'])
    .describe('Patterns of image files, relative to the folder; endings match in any case.'),
  exclude: z
    .array(z.string().min(1))
    .default(['**/*inv.tif', '**/*inv.tiff', '**/*inv.{png,jpg,jpeg,bmp}', '**/.*'])
    .describe('Patterns of files to leave alone, such as contrast-inverted duplicates.'),
  excludeFolders: z
    .array(z.string().min(1))
    .default([
      ...[
        '.*',
        '#recycle',
        '@Recycle',
        '$RECYCLE.BIN',
        'RECYCLER',
        'System Volume Information',
        'lost+found',
      ],
      ...['@eaDir', '#snapshot', '~snapshot', '@Recently-Snapshot', '*_files/[0-9]*'],
    ])
    .describe(
      'Folders to leave alone wherever they lie, in any case: recycle bins, snapshots and metadata of network storage, pyramids of Deep Zoom.',
    ),
  since: z
    .string()
    .refine(
      (text) => sinceMs(text, 0) !== null,
      'must be a date as 2026-11-01, or a duration as 12h, 30d or 8w',
    )
    .nullable()
    .default(null)
    .describe(
      'Files last written before are left alone, as of a folder full of years: a date as 2026-11-01, or a duration before the start as 12h, 30d or 8w; null: none is.',
    ),
  stabilityMs: z
    .number()
    .int()
    .min(50)
    .max(600_000)
    .default(1000)
    .describe(
      'A file is finished when size and time have not changed for this many milliseconds; 50 to 600,000.',
    ),
  rescanIntervalS: z
    .number()
    .min(0.2)
    .max(86_400)
    .default(60)
    .describe('The folder is listed again after this many seconds, for what events missed; 0.2 to 86,400.'),
  polling: z
    .boolean()
    .default(false)
    .describe('Rely on listing alone, for network shares that send no events.'),
  answerTimeoutS: z
    .number()
    .min(1)
    .max(600)
    .default(20)
    .describe(
      'The folder counts as silent when no call on it has returned for this many seconds, and after three times as long it is asked anew; 1 to 600.',
    ),
});

const grid = z.strictObject({
  rows: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(12)
    .describe('Expected rows of tiles, 1 to 1,000; null: no expectation, a run ends by silence.'),
  columns: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(24)
    .describe('Expected columns of tiles, 1 to 1,000; null: no expectation.'),
  stallAfterS: z
    .number()
    .min(0.5)
    .max(604_800)
    .default(900)
    .describe(
      'A run without a new tile for this many seconds is stalled, and what there is becomes final; so long it waits, too, for a file that cannot be read; 0.5 to 604,800.',
    ),
  newRunAfterS: z
    .number()
    .min(1)
    .max(604_800)
    .default(10_800)
    .describe(
      "A tile imaged longer than this many seconds before or after the tiles of its sample's latest run begins a new run, even where that lacks one; never sooner than stallAfterS; 1 to 604,800.",
    ),
  newRunBeyondUm: z
    .number()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe(
      'A tile farther than this from all tiles of a run, in um, begins a new run; 1 to 1,000,000; null: one and a half times the diagonal of the expected grid with its tiles side by side, or of 40 x 40 tiles where none is expected.',
    ),
});

const models = z.strictObject({
  folder: folder
    .nullable()
    .default(null)
    .describe('Folder of models, one folder each; null: those that come with particled.'),
  shadow: shadowSchema
    .prefault({})
    .describe(
      'A model that segments a share of the tiles beside the serving one, for comparison alone: its name (null: none), and the share of tiles, over 0 up to 1.',
    ),
});

const segmenter = z.strictObject({
  processes: z
    .number()
    .int()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('Segmenter processes, 1 to 64; null: from the cores.'),
  threadsPerProcess: z
    .number()
    .int()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('Threads of each segmenter process, 1 to 64; null: from the cores.'),
  timeoutS: z
    .number()
    .min(1)
    .max(3600)
    .default(120)
    .describe('A tile that takes longer than this many seconds counts as a hang; 1 to 3,600.'),
  attempts: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(2)
    .describe(
      'How often a tile is tried when the segmenter fails, 1 to 10; then it is failed and the rest go on.',
    ),
  queue: segmenterQueueSchema
    .nullable()
    .default(null)
    .describe(
      'Valkey or Redis through which workers on other computers segment (docs/scale.md): its address alone, or url, window, localAfterS, sharedFolder, prefix, username, passwordFile, caFile, certFile, keyFile; null: this computer segments.',
    ),
});

/** The single source of every setting: type, default, range and documentation. */
export const configSchema = z.strictObject({
  instrument: instrumentSchema.prefault({}).describe('The microscope.'),
  watch: watch.prefault({}).describe('The export folder.'),
  grid: grid.prefault({}).describe('The tiles of a sample.'),
  models: models.prefault({}).describe('The networks.'),
  segmenter: segmenter.prefault({}).describe('The processes that run the networks.'),
  statistics: statisticsSchema.prefault({}).describe('Distributions and their intervals.'),
  precision: precisionSchema.prefault({}).describe('When the tiles of a sample are enough.'),
  target: targetSchema
    .prefault({})
    .describe('What the powder shall be; a controller may say otherwise for its sample.'),
  imaging: imagingSchema
    .prefault({})
    .describe('When a tile is left out of the statistics and asked for again.'),
  store: storeSchema.prefault({}).describe('The database.'),
  retention: retentionSchema.prefault({}).describe('How long files of samples are kept.'),
  disk: diskSchema.prefault({}).describe('A disk that fills.'),
  mqtt: mqttSchema.prefault({}).describe('Publishing.'),
  report: reportSchema.prefault({}).describe('Files of a finished sample.'),
  mail: mailSchema.prefault({}).describe('The mail of each night.'),
  health: healthSchema.prefault({}).describe('When the status asks for attention.'),
  monitoring: monitoringSchema
    .prefault({})
    .describe('Health and metrics over HTTP, for monitoring programs.'),
  dashboard: dashboardSchema.prefault({}).describe('The live page, in a browser.'),
  worker: workerSchema
    .prefault({})
    .describe('particled worker, which segments for daemons elsewhere; particled run reads nothing of it.'),
  log: logSchema.prefault({}).describe('Logging, on standard error.'),
});

export type Config = z.infer<typeof configSchema>;
