import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../../../errors.ts';
import {
  type AcceptedExports,
  acceptedExport,
  acceptedExportsSchema,
} from '../../../evaluation/exports/accepted-exports.ts';
import { contentFaults, limitText } from '../../../fault-text.ts';
import type { Model } from '../../../inference/model/model-folder.ts';
import { processorText, thisProcessor } from '../../../inference/processor.ts';
import { writeWhole } from '../../../report/whole-file.ts';
import type { ExportFound } from './export-judge.ts';

/** Which processor, weights and thresholds gave the figures. */
export type Premises = Pick<AcceptedExports, 'processor' | 'models'>;

/** @throws Error naming what is wrong with the file. */
export async function readAccepted(path: string): Promise<AcceptedExports> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: cannot be read (${messageOf(error)}); write it with --accept ${path}`);
  }
  const parsed = acceptedExportsSchema.safeParse(json, { error: limitText });
  if (!parsed.success) throw new Error(`${path}: ${contentFaults(parsed.error, json)}`);
  return parsed.data;
}

export async function writeAccepted(
  path: string,
  premises: Premises,
  found: readonly ExportFound[],
): Promise<void> {
  const accepted: AcceptedExports = {
    schema: 'particled/accepted-exports/1',
    ...premises,
    exports: Object.fromEntries(found.map((each) => [each.name, acceptedExport(each, each.figures)])),
  };
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, `${JSON.stringify(acceptedExportsSchema.parse(accepted), null, 2)}\n`);
}

export function premisesOf(models: readonly Model[]): Premises {
  return {
    processor: processorText(thisProcessor()),
    models: Object.fromEntries(
      models.map(({ manifest: { name, sha256, thresholds } }) => [name, { sha256, thresholds }]),
    ),
  };
}
