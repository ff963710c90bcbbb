import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config/schema.ts';

/** Folders that belong to one test and go away with it. */
export interface Premises {
  readonly folder: string;
  readonly exportFolder: string;
  readonly reportFolder: string;
  readonly storeFile: string;
}

export function premises(): Premises {
  const folder = mkdtempSync(join(tmpdir(), 'particled-test-'));
  // A segmenter that was killed a moment ago may still be taking its last file with it.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const exportFolder = join(folder, 'export');
  mkdirSync(exportFolder);
  return {
    folder,
    exportFolder,
    reportFolder: join(folder, 'reports'),
    storeFile: join(folder, 'particled.db'),
  };
}

export type Settings = { readonly [Section in keyof Config]?: Partial<Config[Section]> };

/** A daemon on these premises that is quick to notice: files settle in 200 ms, summaries come each 300 ms. */
export function settingsFor(place: Premises, changes: Settings = {}): Settings {
  return {
    ...changes,
    instrument: { name: 'test', ...changes.instrument },
    watch: { folder: place.exportFolder, stabilityMs: 200, rescanIntervalS: 1, ...changes.watch },
    grid: { rows: 2, columns: 3, stallAfterS: 600, ...changes.grid },
    segmenter: { processes: 1, threadsPerProcess: 1, ...changes.segmenter },
    statistics: { resamples: 100, ...changes.statistics },
    store: { file: place.storeFile, ...changes.store },
    mqtt: { summaryIntervalS: 0.3, ...changes.mqtt },
    report: { folder: place.reportFolder, overlays: false, ...changes.report },
  };
}
