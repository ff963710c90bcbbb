import { z } from 'zod';

const path = z.string().min(1, 'must not be empty');
const folder = path;

const instrument = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{1,64}$/,
      'must be 1 to 64 letters, digits, - or _, since it is part of MQTT topics',
    )
    .default('phenom')
    .describe('Name of the microscope in MQTT topics and reports: 1 to 64 letters, digits, - or _.'),
  displayWidthM: z
    .number()
    .min(0.05)
    .max(5)
    .default(0.519)
    .describe(
      'Display width in metres for files that say 0 (saved through the programming interface); 0.05 to 5. Only chooses the model, never a size.',
    ),
  particlesAre: z
    .enum(['bright', 'dark'])
    .default('bright')
    .describe(
      'Whether particles are brighter or darker than the ground: bright for backscatter and secondary electrons, dark for transmission.',
    ),
});

const watch = z.strictObject({
  folder: folder
    .default('/srv/phenom/export')
    .describe("The microscope's export folder; particled only reads it."),
  include: z
    .array(z.string().min(1))
    .min(1)
    .default(['**/*.tif', '**/*.tiff', '**/*.png'])
    .describe('Patterns of image files, relative to the folder; endings match in any case.'),
  exclude: z
    .array(z.string().min(1))
    .default(['**/*inv.tif', '**/*inv.tiff', '**/.*'])
    .describe('Patterns of files to leave alone, such as contrast-inverted duplicates.'),
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
      'A run without a new tile for this many seconds is stalled, and what there is becomes final; 0.5 to 604,800.',
    ),
});

const models = z.strictObject({
  folder: folder
    .nullable()
    .default(null)
    .describe('Folder of models, one folder each; null: those that come with particled.'),
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
});

const statistics = z.strictObject({
  excludeBorder: z
    .boolean()
    .default(true)
    .describe(
      "Leave out particles that reach a tile's border (they are counted apart); false: count them whole.",
    ),
  resamples: z
    .number()
    .int()
    .min(100)
    .max(100_000)
    .default(1000)
    .describe('Resamples of whole tiles for 95 % intervals, 100 to 100,000.'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(1)
    .describe('Seed of the resampling, so that the same tiles give the same intervals.'),
  classesPerDecade: z
    .number()
    .int()
    .min(2)
    .max(100)
    .default(10)
    .describe('Histogram classes for each factor of ten in size, 2 to 100.'),
});

const store = z.strictObject({
  file: path
    .default('/var/lib/particled/particled.db')
    .describe('The database file; its folder must be writable and on a local disk.'),
});

const mqtt = z.strictObject({
  broker: z
    .enum(['embedded', 'external'])
    .default('embedded')
    .describe('embedded: particled is the broker (MQTT 3.1.1); external: connect to yours (MQTT 5).'),
  url: z
    .string()
    .regex(/^(mqtt|mqtts|ws|wss):\/\/.+/, 'must start with mqtt://, mqtts://, ws:// or wss://')
    .default('mqtt://127.0.0.1:1883')
    .describe('Address of the external broker; mqtts:// for TLS.'),
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'Address on which the embedded broker listens; 0.0.0.0 opens it to the network, without authentication.',
    ),
  port: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(1883)
    .describe('Port of the embedded broker, 0 to 65,535; 0: any free one.'),
  username: z.string().nullable().default(null).describe('User name at the external broker.'),
  passwordFile: path
    .nullable()
    .default(null)
    .describe('File that holds the password; its last line break is cut.'),
  caFile: path
    .nullable()
    .default(null)
    .describe(
      "File with the certificate authority of the broker's TLS certificate, where the system does not know it.",
    ),
  keepaliveS: z
    .number()
    .int()
    .min(2)
    .max(3600)
    .default(15)
    .describe('A frozen broker is noticed after about 1.5 times this many seconds; 2 to 3,600.'),
  window: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(16)
    .describe('Messages sent but not yet acknowledged, at most; 1 to 1,000.'),
  summaryIntervalS: z
    .number()
    .min(0.1)
    .max(3600)
    .default(5)
    .describe('While a run is filling, a partial summary at most every so many seconds; 0.1 to 3,600.'),
});

const report = z.strictObject({
  folder: folder
    .nullable()
    .default('/var/lib/particled/reports')
    .describe('Where the files of each sample go; null: no files.'),
  overlays: z.boolean().default(true).describe('Whether each tile gets a PNG with outlines (about 2 MB).'),
});

const log = z.strictObject({
  level: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Least important level that is logged.'),
});

/** The single source of every setting: type, default, range and documentation. */
export const configSchema = z.strictObject({
  instrument: instrument.prefault({}).describe('The microscope.'),
  watch: watch.prefault({}).describe('The export folder.'),
  grid: grid.prefault({}).describe('The tiles of a sample.'),
  models: models.prefault({}).describe('The networks.'),
  segmenter: segmenter.prefault({}).describe('The processes that run the networks.'),
  statistics: statistics.prefault({}).describe('Distributions and their intervals.'),
  store: store.prefault({}).describe('The database.'),
  mqtt: mqtt.prefault({}).describe('Publishing.'),
  report: report.prefault({}).describe('Files of a finished sample.'),
  log: log.prefault({}).describe('Logging, as JSON lines on standard error.'),
});

export type Config = z.infer<typeof configSchema>;
