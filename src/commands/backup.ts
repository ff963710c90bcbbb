import { statSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Config } from '../config/schema.ts';
import { packagedModelsFolder, surveyModels } from '../inference/model/model-folder.ts';
import { bytesText } from '../report/night/conditions.ts';
import { writeBackup } from '../store/backup.ts';
import { softwareVersion } from '../version.ts';

export interface BackupOptions {
  /** A file that is not there yet, or a folder, where it is named by instrument and time. */
  readonly out: string;
}

/**
 * Copies the store, beside a running daemon or without one, with the configuration in force and the hashes of the models.
 * Passwords are no part of it: they stay in the files that the configuration names.
 */
export async function backup(config: Config, { out }: BackupOptions): Promise<void> {
  const now = new Date();
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const isFolder = statSync(out, { throwIfNoEntry: false })?.isDirectory() ?? out.endsWith('/');
  const target = isFolder ? join(out, `particled-${config.instrument.name}-${stamp}.backup`) : out;
  const { models } = await surveyModels(config.models.folder ?? packagedModelsFolder);
  await writeBackup(config.store.file, target, {
    at: now.toISOString(),
    softwareVersion,
    instrument: config.instrument.name,
    configuration: stringify(config),
    models: models.map(({ manifest: { name, sha256 } }) => ({ name, sha256 })),
  });
  console.log(
    `${target}: ${bytesText(statSync(target).size)}, whole and proved; reports and passwords are files of their own`,
  );
}
