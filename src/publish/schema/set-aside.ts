import { z } from 'zod';
import { keptOutCodes, type UnusableFileCode } from '../../errors.ts';
import { envelope } from './envelope.ts';
import type { Same } from './quantity.ts';

/** Why an image is no tile of the run that it came beside. */
export const keptOutSchema = z
  .enum(keptOutCodes)
  .describe(
    'other-detector: another detector than the tiles of the run; map: it shows several tiles at once; inverted: a tile with its contrast turned round; other-magnification: the place of the one tile, larger or smaller',
  );

export const setAsideSchema = z.strictObject({
  ...envelope('particled/set-aside/1'),
  file: z.string().describe('name of the file, without its folder'),
  code: z
    .enum([
      'empty',
      'not-an-image',
      'truncated',
      'too-large',
      'not-grey',
      'multi-page',
      'unsupported-pixels',
      'flat',
      'low-contrast',
      'no-metadata',
      'bad-metadata',
      'bad-sidecar',
      'no-model',
      ...keptOutCodes,
      'segmenter-failed',
      'unreadable',
    ])
    .describe('why, as a stable word'),
  reason: z.string().describe('why, and what to do, in words'),
  mayRecover: z.boolean().describe('the file may become usable by itself, as one still being written'),
});

export type SetAsideMessage = z.infer<typeof setAsideSchema>;

true satisfies Same<SetAsideMessage['code'], UnusableFileCode>;
