import type { Desk } from './desk.ts';
import {
  cornerAdded,
  cornerRemoved,
  cornerSet,
  cornerTaken,
  heldMoved,
  moved,
  nextHeld,
  type Pen,
  type Reshaping,
} from './outlines/pen.ts';

/** What the page does besides, for keys. */
export interface PageActions {
  readonly middle: () => Pen['at'];
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  readonly toTile: (by: 1 | -1) => void;
  readonly help: () => void;
}

const STEP_PX = 5;
const FINE_STEP_PX = 1;

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Does what a key stands for. @returns whether it stands for anything here */
export function pressed(event: KeyboardEvent, desk: Desk, page: PageActions): boolean {
  if (event.altKey) return false;
  const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
  if (isUndo) {
    // While corners are moved, the annotator takes back single moves.
    if (desk.tool.value === 'redraw') return false;
    desk.undo();
    return true;
  }
  if (desk.tool.value !== 'choose' && pressedWithTool(event, desk)) return true;
  return desk.tool.value === 'choose' && pressedChoosing(event, desk, page)
    ? true
    : pressedAnywhere(event, page);
}

function pressedAnywhere({ key, ctrlKey, metaKey }: KeyboardEvent, page: PageActions): boolean {
  if (ctrlKey || metaKey) return false;
  const actions: Readonly<Record<string, () => void>> = {
    '+': () => page.zoom(1.5),
    '-': () => page.zoom(1 / 1.5),
    '0': () => page.showAll(),
    '?': () => page.help(),
  };
  return done(actions[key]);
}

function pressedChoosing(event: KeyboardEvent, desk: Desk, page: PageActions): boolean {
  const { key, ctrlKey, metaKey, shiftKey } = event;
  const isHolding = ctrlKey || metaKey;
  if (key === 'ArrowDown' || key === 'ArrowUp')
    return step(desk, key === 'ArrowDown' ? 1 : -1, isHolding, shiftKey);
  if (isHolding && key !== ' ') return false;
  const actions: Readonly<Record<string, () => void>> = {
    Home: () => desk.choose(firstOf(desk, 0)),
    End: () => desk.choose(firstOf(desk, -1)),
    ' ': () => desk.active.value !== null && desk.toggle(desk.active.value),
    Delete: () => desk.delete(),
    Escape: () => desk.giveUp(),
    c: () => desk.judge(true),
    u: () => desk.judge(false),
    d: () => desk.take('draw', page.middle()),
    r: () => desk.take('redraw', page.middle()),
    s: () => desk.take('split', page.middle()),
    m: () => desk.merge(),
    z: () => desk.undo(),
    n: () => page.toTile(1),
    p: () => page.toTile(-1),
  };
  return done(actions[key.length === 1 ? key.toLowerCase() : key]);
}

function firstOf(desk: Desk, at: 0 | -1): number[] {
  const piece = desk.record.pieces.value.at(at);
  return piece ? [piece.number] : [];
}

/** To the next piece or the one before: alone, added, or without choosing it. */
function step(desk: Desk, by: 1 | -1, isHolding: boolean, isAdding: boolean): true {
  const numbers = desk.record.pieces.value.map(({ number }) => number);
  const at = desk.active.value === null ? -1 : numbers.indexOf(desk.active.value);
  const next = numbers[at < 0 ? 0 : Math.min(numbers.length - 1, Math.max(0, at + by))];
  if (next === undefined) return true;
  const chosen = desk.chosenNumbers.value;
  if (isHolding) desk.choose(chosen, next);
  else if (isAdding) desk.choose([...new Set([...chosen, next])], next);
  else desk.choose([next]);
  return true;
}

function pressedWithTool(event: KeyboardEvent, desk: Desk): boolean {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) return false;
  if (key === 'Escape') return done(() => desk.giveUp());
  if (key === 'Enter') return done(() => void desk.finish());
  const arrow = arrows[key];
  const stepPx = shiftKey ? FINE_STEP_PX : STEP_PX;
  const [byX, byY] = arrow ? [arrow[0] * stepPx, arrow[1] * stepPx] : [0, 0];
  const { pen, reshaping } = desk;
  if (reshaping.value !== null) {
    const changed = arrow
      ? heldMoved(reshaping.value, byX, byY, desk.tile)
      : reshapings[key.toLowerCase()]?.(reshaping.value);
    if (changed) reshaping.value = changed;
    return changed !== undefined;
  }
  if (pen.value === null) return false;
  const changed = arrow ? moved(pen.value, byX, byY, desk.tile) : pens[key.toLowerCase()]?.(pen.value);
  if (changed) pen.value = changed;
  return changed !== undefined;
}

const pens: Readonly<Record<string, (pen: Pen) => Pen>> = { ' ': cornerSet, backspace: cornerTaken };

const reshapings: Readonly<Record<string, (reshaping: Reshaping) => Reshaping>> = {
  pagedown: (reshaping) => nextHeld(reshaping, 1),
  pageup: (reshaping) => nextHeld(reshaping, -1),
  i: cornerAdded,
  delete: cornerRemoved,
  backspace: cornerRemoved,
};

function done(action: (() => unknown) | undefined): boolean {
  action?.();
  return action !== undefined;
}
