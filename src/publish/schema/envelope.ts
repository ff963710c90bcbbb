import { z } from 'zod';

/** What every message starts with. */
export function envelope<Id extends string>(id: Id) {
  return {
    schema: z
      .literal(id)
      .describe('what this message is; its number changes when a field loses or changes its meaning'),
    sequence: z.int().positive().meta({
      description:
        'ascends by 1 from message to message of this daemon, across topics and restarts; the same number twice is the same message, sent again',
      unit: '1',
    }),
    store: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .exactOptional()
      .describe(
        'which database of the daemon this is of: sequence numbers and revisions are compared within one; another one was made anew or restored from a backup. Missing in messages of versions before',
      ),
    at: z.iso.datetime().describe('when the message was made, ISO 8601 in UTC'),
    instrument: z.string().describe('name of the instrument, as configured'),
  };
}

export const sampleSchema = z.strictObject({
  id: z.string().describe('the sample in topics, made from the label'),
  label: z.string().describe('label as typed at the microscope; may be empty'),
});

export const runIdSchema = z.string().describe('the run of this sample in topics: one acquisition of a grid');

/** The model that segmented, as needed to repeat it. */
export const modelSchema = z
  .strictObject({
    name: z.string().describe('name of the model folder'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of the model file, hexadecimal'),
    thresholds: z
      .record(z.string(), z.number())
      .readonly()
      .describe('thresholds by the names of the model manifest; shares from 0 to 1, areas in px'),
    arithmetic: z
      .enum(['as-shipped', 'exact'])
      .exactOptional()
      .describe(
        'exact: its 8-bit products were computed in floating point, since they could saturate or the processor did not give the known answer otherwise; missing in results of versions before: as-shipped',
      ),
  })
  .meta({ title: 'Model' });
