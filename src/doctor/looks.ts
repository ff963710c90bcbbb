import type { Config } from '../config/schema.ts';
import { lookAtDisks } from './checks/disk-space.ts';
import { lookAtExportFolder } from './checks/export-folder.ts';
import { lookAtKeptFiles } from './checks/kept-files.ts';
import { lookAtNewestFiles } from './checks/newest-file.ts';
import { lookAtReportFolder } from './checks/report-folder.ts';
import { lookAtStore } from './checks/store.ts';

/** What is looked at in a process of its own, since a folder may not answer and a processor may end it. */
export const looks = {
  'export-folder': lookAtExportFolder,
  'newest-file': lookAtNewestFiles,
  store: lookAtStore,
  'report-folder': lookAtReportFolder,
  'disk-space': lookAtDisks,
  'kept-files': lookAtKeptFiles,
  // onnxruntime ends a process on an unfit processor as soon as it is loaded.
  models: async (config: Config) => (await import('./checks/models.ts')).lookAtModels(config),
};

export type LookName = keyof typeof looks;

/** What a look gives. */
export type Look<Name extends LookName> = Awaited<ReturnType<(typeof looks)[Name]>>;
