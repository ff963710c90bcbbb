import type { StoredModelCheck } from '../../store/model-checks.ts';

/** How the instrument and its machine are when the report is made. */
export interface NightConditions {
  readonly softwareVersion: string;
  /** Why the health is not normal; null where no daemon was asked. */
  readonly reasons: readonly string[] | null;
  /** When the newest tile came; null before the first. */
  readonly lastTileAt: Date | null;
  readonly tilesWaiting: number;
  /** Messages that no broker has acknowledged. */
  readonly messagesUnsent: number;
  /** Files of the export folder that could not be used. */
  readonly filesSetAside: number;
  readonly disks: readonly DiskSpace[];
  readonly models: readonly ModelOfNight[];
  /** How each model's known answer came out last. */
  readonly knownAnswers?: readonly StoredModelCheck[];
}

export interface DiskSpace {
  readonly use: 'store' | 'reports';
  readonly folder: string;
  /** Null where the folder cannot be asked. */
  readonly space: { readonly freeBytes: number; readonly totalBytes: number } | null;
}

/** A network and for how many of the night's samples it worked, or of the last ones in an empty night. */
export interface ModelOfNight {
  readonly name: string;
  readonly sha256: string;
  readonly arithmetic?: 'as-shipped' | 'exact';
  readonly samples: number;
}

/** Room for about 16 samples of 288 tiles with their overlays. */
export const FREE_BYTES_MIN = 10e9;

/** Everything about instrument and machine that somebody ought to mend. */
export function troubles({ reasons, disks }: NightConditions): string[] {
  return [
    ...(reasons ?? []),
    ...disks.flatMap(({ folder, space }) =>
      space !== null && space.freeBytes < FREE_BYTES_MIN
        ? [`only ${bytesText(space.freeBytes)} free for ${folder}; make room`]
        : [],
    ),
  ];
}

/** `640 MB`, `118 GB`, `1.8 TB` */
export function bytesText(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`;
}
