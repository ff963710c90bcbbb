import { type AcceptedExports, acceptedFigures, type ExportIdentity } from './accepted-exports.ts';
import { type ExportChange, exportChange } from './export-change.ts';
import type { ExportFigures } from './export-figures.ts';

/** What has become of one export since figures were accepted. */
export interface ExportVerdict {
  /** Null where nothing can be compared: nothing is accepted of that image. */
  readonly change: ExportChange | null;
  readonly accepted: ExportFigures | null;
  /** Why it counts as changed; empty where it does not. */
  readonly beyond: readonly string[];
}

export function exportVerdict(
  { exports }: Pick<AcceptedExports, 'exports'>,
  name: string,
  identity: ExportIdentity,
  figures: ExportFigures,
): ExportVerdict {
  const before = exports[name];
  if (!before) return { change: null, accepted: null, beyond: ['not accepted yet'] };
  if (before.sha256 !== identity.sha256) {
    return { change: null, accepted: null, beyond: ['another image than the accepted one'] };
  }
  const accepted = acceptedFigures(before);
  const change = exportChange(accepted, figures);
  const read = [
    ...(before.model === identity.model ? [] : [`model ${identity.model}, was ${before.model}`]),
    ...(before.pixelSizeNm === identity.pixelSizeNm ? [] : ['another pixel size']),
  ];
  return { change, accepted, beyond: [...read, ...change.beyond] };
}

/** Accepted exports of the folders looked at that gave no figures now. */
export function exportsMissing(
  { exports }: Pick<AcceptedExports, 'exports'>,
  folders: readonly string[],
  names: readonly string[],
): string[] {
  const looked = (name: string) => folders.some((folder) => name.startsWith(`${folder}/`));
  return Object.keys(exports).filter((name) => looked(name) && !names.includes(name));
}
