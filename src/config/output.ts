/** Where results are kept and go: store, broker, files, log. */
import { z } from 'zod';

const path = z.string().min(1, 'must not be empty');

export const storeSchema = z.strictObject({
  file: path
    .default('/var/lib/particled/particled.db')
    .describe('The database file; its folder must be writable and on a local disk.'),
});

/** Nothing that a filter of MQTT, a broker or an access list would read otherwise. */
const baseTopic = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/[+#]/.test(text), 'must hold no wildcard (+ or #)')
  .refine((text) => !text.startsWith('$'), 'must not begin with $, where brokers keep their own')
  .refine(
    (text) => text.split('/').every((level) => level !== ''),
    'must neither begin nor end with /, nor hold //',
  )
  .refine(
    (text) =>
      text.split('/').every((level) => level === level.trim()) &&
      !/[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u.test(text),
    'must hold no control characters, and no space beside a /',
  );

/** The verbs of commands. */
export const commandVerbs = ['describe', 'expect', 'finalise', 'reanalyse', 'report', 'review'] as const;

export const mqttSchema = z.strictObject({
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
      'Address on which the embedded broker listens; 0.0.0.0 opens it to the network: set username and passwordFile then.',
    ),
  port: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(1883)
    .describe('Port of the embedded broker, 0 to 65,535; 0: any free one.'),
  baseTopic: baseTopic
    .default('particled')
    .describe(
      'What all topics begin with, one level or several as site/line/particled; 1 to 200 characters, no wildcard (+, #), no / at either end, no $ in front.',
    ),
  username: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('User name at the external broker; at the embedded one, what its clients must give.'),
  passwordFile: path
    .nullable()
    .default(null)
    .describe(
      'File that holds the password for username; a byte order mark and its last line break are cut. A name without a slash is a systemd credential, where there are any ($CREDENTIALS_DIRECTORY).',
    ),
  caFile: path
    .nullable()
    .default(null)
    .describe(
      "File with the certificate authority of the broker's TLS certificate, where the system does not know it.",
    ),
  certFile: path
    .nullable()
    .default(null)
    .describe("PEM file with particled's own certificate, for a broker that asks for one; with keyFile."),
  keyFile: path
    .nullable()
    .default(null)
    .describe('PEM file with the private key of certFile, not encrypted.'),
  alpn: z
    .string()
    .min(1)
    .max(255)
    .nullable()
    .default(null)
    .describe('Protocol to ask for in the TLS handshake (ALPN); AWS IoT on port 443: x-amzn-mqtt-ca.'),
  commands: z
    .union([z.enum(['on', 'off']), z.array(z.enum(commandVerbs))])
    .default('on')
    .describe(
      'Commands that are carried out: on: all; off: none; or a list of verbs of describe, expect, finalise, reanalyse, report, review.',
    ),
  homeAssistant: z
    .boolean()
    .default(false)
    .describe(
      'Whether Home Assistant finds the instrument by itself (MQTT discovery): D50, verdict, health, queue and a button that ends the run.',
    ),
  homeAssistantPrefix: baseTopic
    .default('homeassistant')
    .describe("Home Assistant's discovery prefix, as set in its MQTT integration."),
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

function isBare(address: string): boolean {
  if (!URL.canParse(address)) return true; // which is told as such
  const { username, password, search, hash } = new URL(address);
  return username === '' && password === '' && search === '' && hash === '';
}

export const reportSchema = z.strictObject({
  folder: path
    .nullable()
    .default('/var/lib/particled/reports')
    .describe('Where the files of each sample go; null: no files.'),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://files.lab.example/particled' })
    .refine(isBare, 'must have no user name, password, ? or #: mails carry it to everybody')
    .nullable()
    .default(null)
    .describe(
      "Web address under which the folder's index.html can be opened, as https://files.lab.example/particled: the night's mail links there; null: it names the folder.",
    ),
  tables: z
    .enum(['csv', 'parquet', 'both'])
    .default('both')
    .describe(
      'Kind of the tables of a sample: csv for spreadsheets, parquet for pandas, R and DuckDB, or both.',
    ),
  csvSeparator: z
    .enum(['comma', 'semicolon', 'tab'])
    .default('comma')
    .describe('What separates the fields of CSV files; semicolon for an Excel that writes a decimal comma.'),
  csvDecimalMark: z
    .enum(['point', 'comma'])
    .default('point')
    .describe('Decimal mark in CSV files; comma, with csvSeparator semicolon or tab, for a German Excel.'),
  overlays: z
    .boolean()
    .default(true)
    .describe('Whether the outlines of each tile are kept, to be looked at.'),
  overlayKind: z
    .enum(['outlines', 'pictures'])
    .default('outlines')
    .describe(
      'How they are kept. outlines: alone (about 10 kB a tile), drawn over the tile for mosaic and mail, and over a small lossy picture of it (65 kB) in its page; pictures: over the tile already, to the last bit (1.3 MB; 13 MB of 7680 x 4800).',
    ),
});

export const logSchema = z.strictObject({
  level: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Least important level that is logged.'),
  format: z
    .enum(['auto', 'pretty', 'journal', 'json'])
    .default('auto')
    .describe(
      'How lines are written on standard error. pretty: for people; journal: with priorities for journald; json: for collectors; auto: pretty at a terminal, journal where journald reads, else json.',
    ),
});
