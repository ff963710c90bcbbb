/** Where others look at the daemon over HTTP: docs/monitoring.md. */
import { z } from 'zod';

export const monitoringSchema = z.strictObject({
  port: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .nullable()
    .default(null)
    .describe(
      'Port for /healthz, /readyz and the metrics of Prometheus, as 9464; 0 to 65,535; 0: any free one; null: nothing listens.',
    ),
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'Address on which it listens; 0.0.0.0 opens it to the network, where everybody may read it: it has no password.',
    ),
  hostNames: z
    .array(
      z.string().regex(/^[A-Za-z0-9.-]+$/, 'must be a host name such as sem-pc.lab.example, without a port'),
    )
    .default([])
    .describe(
      "Names by which others reach it, beside its addresses, localhost and the computer's own name; requests for other names are refused.",
    ),
});
