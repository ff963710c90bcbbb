/** The night's mail: which server takes it, who gets it, when. */
import { z } from 'zod';

const path = z.string().min(1, 'must not be empty');
const address = z.string().regex(/^[^\s<>@]+@[^\s<>@]+$/, 'must be a mail address such as lab@example.org');
const oneLine = /^[^\r\n]*$/;

export const mailSchema = z.strictObject({
  host: z
    .string()
    .min(1, 'must not be empty')
    .nullable()
    .default(null)
    .describe('SMTP server that takes the mail; null: no mail is sent.'),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(587)
    .describe('Port of the SMTP server, 1 to 65,535: usually 587 for starttls, 465 for tls.'),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe(
      'starttls: encrypt before anything is said, or send nothing; tls: encrypted from the first byte; none: in clear.',
    ),
  username: z.string().nullable().default(null).describe('User name at the SMTP server; null: without.'),
  passwordFile: path
    .nullable()
    .default(null)
    .describe('File that holds the password; its last line break is cut.'),
  caFile: path
    .nullable()
    .default(null)
    .describe("File with the certificate authority of the server's certificate, where the system lacks it."),
  clientName: z
    .string()
    .regex(
      /^[A-Za-z0-9.-]+$|^\[[0-9A-Fa-f.:]+\]$/,
      'must be a host name as sem1.lab.example, or an address in brackets',
    )
    .nullable()
    .default(null)
    .describe(
      'Name by which this computer greets the SMTP server; null: its host name, or the domain of mail.from where that has no dot.',
    ),
  from: address.nullable().default(null).describe('Address that the mail comes from.'),
  to: z.array(address).default([]).describe('Addresses that get the mail.'),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59')
    .default('06:30')
    .describe('Local time at which a night ends and its mail is sent, from 00:00 to 23:59.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be a name of the IANA time zone database such as Europe/Berlin')
    .nullable()
    .default(null)
    .describe("Time zone of that time, as Europe/Berlin; null: the system's."),
  attempts: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe(
      'How often a mail is tried, 1 to 100, after pauses that grow from 1 minute to 1 hour: 20 take 14 hours.',
    ),
  subjectPrefix: z
    .string()
    .max(40)
    .regex(oneLine, 'must be one line')
    .default('particled')
    .describe('What the subject begins with, before the name of the instrument; up to 40 characters.'),
});

/** Whether it is a name of the IANA time zone database, as this Node knows it. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
