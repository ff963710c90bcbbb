import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { packagedModelsFolder, surveyModels } from '../inference/model/model-folder.ts';
import { type BackupNote, readBackup } from '../store/backup.ts';
import { lockStore } from '../store/lock.ts';
import { restoreBackup } from '../store/restore.ts';

/** The configuration that a backup holds, for a computer that has none any more. */
export function printConfiguration(file: string): void {
  process.stdout.write(readBackup(file).configuration);
}

/** Puts a backup in the place of the store, which no daemon may have open. */
export async function restore(config: Config, file: string): Promise<void> {
  const { instrument } = readBackup(file);
  if (instrument !== config.instrument.name) {
    throw new Error(
      `${file}: is of the instrument ${instrument}, the configuration is of ${config.instrument.name} (instrument.name); nothing was changed`,
    );
  }
  const lock = lockStore(config.store.file);
  try {
    const { note, keptAt, unread } = restoreBackup(file, config.store.file, new Date());
    console.log(
      `${config.store.file}: is as it was at ${note.at}; the sequence goes on above all numbers of before`,
    );
    if (keptAt !== null) console.log(`the store of before: ${keptAt}`);
    if (unread !== null) {
      console.log(
        `it could not be read (${unread}), so mails of nights since the backup may be sent once more`,
      );
    }
    for (const line of await differencesOfModels(config, note)) console.log(line);
  } finally {
    lock.release();
  }
}

async function differencesOfModels(
  { models: { folder } }: Config,
  { models }: BackupNote,
): Promise<string[]> {
  try {
    const here = (await surveyModels(folder ?? packagedModelsFolder)).models;
    return models.flatMap(({ name, sha256 }) => {
      const now = here.find(({ manifest }) => manifest.name === name)?.manifest.sha256;
      if (now === sha256) return [];
      const found = now === undefined ? 'is not installed here' : `is ${now.slice(0, 8)}... here`;
      return [`model ${name}: was ${sha256.slice(0, 8)}..., ${found}; tiles are measured by what is here`];
    });
  } catch (error) {
    return [`models: cannot be compared (${messageOf(error)})`];
  }
}
