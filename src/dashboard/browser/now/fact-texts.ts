import { decisionTitle } from '../../../report/sample/verdict-text.ts';
import type { RunDetail } from '../../api/run.ts';
import { counted, percentText } from '../shell/figures.ts';

type Summary = RunDetail['summary'];

const unknown = 'not yet known';

/** The verdict in a word or two; without a summary nobody knows whether there is a target. */
export function verdictOf(summary: Summary): string {
  return summary === null ? unknown : (decisionTitle(summary) ?? 'No target set');
}

/** How many tiles more the precision asked for takes. */
export function tilesNeeded(summary: Summary): string {
  const needed = summary?.sufficiency.tilesNeeded ?? null;
  if (needed === null) return unknown;
  return needed === 0 ? 'none' : `about ${counted(needed, 'tile')}`;
}

/** What these tiles are needed for, since the verdict may need fewer; '' where there are none. */
export function neededFor(summary: Summary): string {
  if (!summary?.sufficiency.tilesNeeded) return '';
  const { figures, targetRelativeHalfWidth } = summary.sufficiency;
  const names = figures.map((figure) => figure.toUpperCase()).join(', ');
  return `to know ${names} to ±${percentText(targetRelativeHalfWidth)}`;
}
