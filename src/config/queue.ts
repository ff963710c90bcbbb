import { z } from 'zod';

const path = z.string().min(1, 'must not be empty');

/** An address alone stands for a section with nothing but it. */
function addressed(given: unknown, context: z.RefinementCtx): unknown {
  if (typeof given === 'string') return { url: given };
  if (typeof given === 'object' && given !== null && 'url' in given) return given;
  context.addIssue('must be an address such as rediss://queue.lab:6379, or keys with url among them');
  return z.NEVER;
}

/** Another path than a number would be taken for a database without a name, on this computer. */
function isHostAndDatabase(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.hostname !== '' && /^(\/\d*)?$/.test(parsed.pathname);
}

/** How the queue is reached. */
const connection = {
  url: z
    .string()
    .regex(/^rediss?:\/\/.+/, 'must start with redis:// or rediss://')
    .refine(
      isHostAndDatabase,
      'must be an address such as rediss://queue.lab:6379, with /1 after it for another database than 0',
    )
    .describe('Address of Valkey or Redis; rediss:// for TLS.'),
  prefix: z
    .string()
    .regex(/^[\w-]+$/, 'must be letters, digits, _ and -')
    .default('particled')
    .describe('What all keys begin with; the same at daemons and workers.'),
  username: z.string().min(1).nullable().default(null).describe('User name there; null: its default user.'),
  passwordFile: path.nullable().default(null).describe('File that holds the password.'),
  caFile: path
    .nullable()
    .default(null)
    .describe('File with the certificate authority, where the system does not know it.'),
  certFile: path.nullable().default(null).describe('PEM file with an own certificate; with keyFile.'),
  keyFile: path
    .nullable()
    .default(null)
    .describe('PEM file with the private key of certFile, not encrypted.'),
};

export const queueConnectionSchema = z.preprocess(addressed, z.strictObject(connection));
export type QueueConnection = z.infer<typeof queueConnectionSchema>;

export const segmenterQueueSchema = z.preprocess(
  addressed,
  z.strictObject({
    ...connection,
    window: z
      .number()
      .int()
      .min(1)
      .max(256)
      .default(8)
      .describe('Tiles that are in the queue at once, 1 to 256; the rest wait in the store.'),
    localAfterS: z
      .number()
      .min(1)
      .max(120)
      .default(60)
      .describe(
        'Tiles are segmented on this computer once the queue has been away, or has answered nothing, for this many seconds; 1 to 120.',
      ),
    sharedFolder: path
      .nullable()
      .default(null)
      .describe(
        'Folder that workers see too (worker.sharedFolder there): tiles below it are named instead of sent; null: all are sent.',
      ),
  }),
);
export type SegmenterQueue = z.infer<typeof segmenterQueueSchema>;

/** What `particled worker` reads. */
export const workerSchema = z.strictObject({
  queue: queueConnectionSchema
    .nullable()
    .default(null)
    .describe(
      'The queue from which particled worker takes tiles: url, prefix, username, passwordFile, caFile, certFile, keyFile as in segmenter.queue, or the url alone.',
    ),
  name: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, _, . and -')
    .nullable()
    .default(null)
    .describe('What the worker is called where it answers; null: host name and process id.'),
  processes: z
    .number()
    .int()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('Segmenter processes of the worker, 1 to 64; null: from the cores.'),
  threadsPerProcess: z
    .number()
    .int()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('Threads of each of them, 1 to 64; null: from the cores.'),
  cacheFolder: path
    .default('/var/cache/particled')
    .describe('Where the worker keeps models that were sent to it, and tiles while it segments them.'),
  sharedFolder: path
    .nullable()
    .default(null)
    .describe(
      "The daemons' shared folder (segmenter.queue.sharedFolder) as this computer sees it; null: there is none.",
    ),
  graceS: z
    .number()
    .min(0)
    .max(600)
    .default(30)
    .describe(
      'When told to end, the worker finishes tiles under way for this many seconds and gives the rest back; 0 to 600.',
    ),
});
