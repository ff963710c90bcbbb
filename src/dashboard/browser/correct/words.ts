import type { Change } from '../../../measure/correction.ts';
import type { StandingPiece } from './outlines/standing-pieces.ts';
import type { Tool } from './tool.ts';

/** How a correction reads in the list. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case 'delete':
      return `Piece ${change.of} is none`;
    case 'draw':
      return `A missing piece drawn, ${verdictText(change.certain)}`;
    case 'redraw':
      return `Piece ${change.of} redrawn`;
    case 'split':
      return `Piece ${change.of} split into ${change.partsPx.length}`;
    case 'merge':
      return `Pieces ${listText(change.of)} merged`;
    case 'judge':
      return `Piece ${change.of} is ${verdictText(change.certain)}`;
  }
}

export function verdictText(certain: boolean): string {
  return certain ? 'certain' : 'uncertain';
}

/** `1, 2 and 3`. */
export function listText(items: readonly (number | string)[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** How a piece reads in the list, and to those who listen. */
export function pieceText({ number, certain, confidence, correction }: StandingPiece): string {
  const sureness = confidence === null ? 'drawn' : `confidence ${confidence.toFixed(2)}`;
  return [`Piece ${number}`, verdictText(certain), sureness, ...(correction ? ['corrected'] : [])].join(', ');
}

/** Why a piece cannot be redrawn, split or merged. */
export const withoutOutline =
  'No outline is kept of this piece, as an earlier version segmented its tile; have the sample analysed again, or delete the piece and draw it';

/** Its file may have been moved; its outlines are kept in the store. */
export const noPicture =
  'The picture of this tile does not come: its file may be gone, or in work; its outlines can be corrected without it';

/** How a tool is used, by pointer and by keys. */
export const toolHelp: Readonly<Record<Exclude<Tool, 'choose'>, string>> = {
  draw: 'Drawing a missing piece: click corner by corner and close it at the first; or move the cross with the arrow keys, set corners with Space, finish with Enter',
  redraw:
    'Redrawing: drag corners; or move the held one with the arrow keys, hold another with Page Up and Page Down, add one with I, remove it with Delete; Enter finishes',
  split:
    'Splitting: drag a line across; or move the cross with the arrow keys, set its corners with Space, finish with Enter',
};

/** What came of a correction, to go on with. */
export function madeText(made: readonly StandingPiece[]): string {
  return made.length === 0
    ? ''
    : `: now ${made.length === 1 ? 'piece' : 'pieces'} ${listText(made.map(({ number }) => number))}`;
}
