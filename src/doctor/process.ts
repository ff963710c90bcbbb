import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { examined } from './examine-models.ts';

/** Examines the models in a process of its own: an unfit processor ends it, and its parent says so. */
const settings = z
  .object({ modelsFolder: z.string(), threads: z.number() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

export type DoctorReply =
  | { readonly examined: Awaited<ReturnType<typeof examined>> }
  | { readonly error: string };

let reply: DoctorReply;
try {
  reply = { examined: await examined(settings.modelsFolder, settings.threads) };
} catch (error) {
  reply = { error: messageOf(error) };
}
process.send?.(reply, undefined, undefined, () => process.disconnect());
