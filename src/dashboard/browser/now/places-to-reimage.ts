import { sentence } from '../../../report/sample/verdict-text.ts';
import type { RunDetail } from '../../api/run.ts';
import { settingText } from '../shell/figures.ts';

/** A place that ought to be imaged again. */
export interface AskedPlace {
  readonly key: string;
  /** `Row 2, column 4`, or the file's name where it has no place. */
  readonly where: string;
  readonly why: string;
  /** Of its tile; null where none is there. */
  readonly contentHash: string | null;
  /** Where to go on the stage, in words; null where that is not known. */
  readonly stage: string | null;
}

/** As the latest summary asks for them. */
export function placesToReimage({ summary, tiles, emptyPlaces }: RunDetail): readonly AskedPlace[] {
  return (summary?.reimage ?? []).map(({ file, row, column, causes, stagePositionUm }, index) => {
    const isPlaced = row !== null && column !== null;
    const tile = tiles.find((other) => (file === null ? false : other.name === file));
    const empty = emptyPlaces.find((other) => other.row === row && other.column === column);
    return {
      key: `${index} ${row} ${column} ${file}`,
      where: isPlaced ? `Row ${row}, column ${column}` : (file ?? 'A tile'),
      why: sentence(tile?.reason ?? empty?.reason ?? causes.join(', ').replaceAll('-', ' ')),
      contentHash: tile?.contentHash ?? null,
      stage: `x ${settingText(Math.round(stagePositionUm.x))}, y ${settingText(Math.round(stagePositionUm.y), 'µm')}`,
    };
  });
}
