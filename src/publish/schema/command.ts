import { z } from 'zod';

/** What any request may say: when it was made, and, without the properties of MQTT 5, where its answer goes. */
export const replyFields = {
  at: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-03-14T15:09:26Z' })
    .optional()
    .describe(
      'when the request was made, ISO 8601 with time zone: it is refused where it comes more than 10 minutes later, and means the run that was the latest then',
    ),
  responseTopic: z
    .string()
    .optional()
    .describe('where the answer goes, for clients of MQTT 3.1.1; the property of MQTT 5 wins'),
  correlationData: z
    .string()
    .optional()
    .describe('comes back in the answer, for clients of MQTT 3.1.1; the property of MQTT 5 wins'),
};

export const labelSchema = z
  .string()
  .max(1000, 'a label has at most 1,000 characters')
  .describe('the sample: its label as typed at the microscope, or its id in topics');

/** Words of whoever asks, for people to read. */
export function saying(mostCharacters: number) {
  return z.string().max(mostCharacters, `at most ${mostCharacters} characters`).optional();
}

export const runOfRequestSchema = z
  .string()
  .optional()
  .describe("the run of this sample, as in topics; the sample's latest where it is left out");

const answerFields = {
  schema: z
    .literal('particled/answer/1')
    .describe('that this is an answer; its number changes when a field loses or changes its meaning'),
  at: z.iso.datetime().describe('when the answer was made, ISO 8601 in UTC'),
  instrument: z.string().describe('name of the instrument, as configured'),
  verb: z.string().describe('the command, as asked'),
  correlationData: z
    .string()
    .optional()
    .describe('as in the JSON of the request; what came as property of MQTT 5 goes back as such'),
};

export const refusalSchema = z
  .strictObject({
    ...answerFields,
    accepted: z.literal(false).describe('nothing was done'),
    reason: z.string().describe('why: what, the value, the limit, what to do'),
  })
  .meta({ title: 'Refusal' });

/** The answer to one verb. */
export function answerSchema<Result extends z.ZodType>(result: Result) {
  const acceptance = z.strictObject({
    ...answerFields,
    accepted: z.literal(true).describe('the command is carried out, or under way where the result says so'),
    result,
  });
  return z.discriminatedUnion('accepted', [acceptance, refusalSchema]);
}
