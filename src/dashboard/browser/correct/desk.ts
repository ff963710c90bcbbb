import { computed, signal } from '@preact/signals';
import type { Change, Outline } from '../../../measure/correction.ts';
import type { FramePx } from '../../../measure/simplified-ring.ts';
import { ApiError } from '../shell/api.ts';
import { mergedOutlines } from './outlines/merged-outlines.ts';
import { cornerCount, outlineOfCorners, type Pen, type Reshaping, trimmedTo } from './outlines/pen.ts';
import { splitOutline } from './outlines/split-outline.ts';
import type { StandingPiece } from './outlines/standing-pieces.ts';
import { reviewer } from './reviewer.ts';
import type { TileRecord } from './tile-record.ts';
import type { Tool } from './tool.ts';
import { changeText, madeText, toolHelp, verdictText, withoutOutline } from './words.ts';

/** What a reviewer is doing on one tile: which pieces are chosen, with which tool, and what was said of it last. */
export class Desk {
  readonly record: TileRecord;
  readonly tile: FramePx;
  readonly tool = signal<Tool>('choose');
  readonly chosenNumbers = signal<readonly number[]>([]);
  /** The piece that the arrow keys are at. */
  readonly active = signal<number | null>(null);
  readonly pen = signal<Pen | null>(null);
  readonly reshaping = signal<Reshaping | null>(null);
  /** What happened, for everybody and read out. */
  readonly said = signal('');
  /** What was refused, in words. */
  readonly refused = signal('');
  readonly isBusy = signal(false);
  /** What the daemon did not take: it can be sent again. */
  readonly unsent = signal<readonly Change[]>([]);
  /** Counts up when what is drawn over the tile is no longer what stands. */
  readonly redraws = signal(0);
  readonly chosen = computed(() =>
    this.record.pieces.value.filter(({ number }) => this.chosenNumbers.value.includes(number)),
  );

  constructor(record: TileRecord, tile: FramePx) {
    this.record = record;
    this.tile = tile;
  }

  choose(numbers: readonly number[], active = numbers.at(-1) ?? null): void {
    if (this.tool.value !== 'choose') return;
    this.chosenNumbers.value = numbers;
    this.active.value = active;
  }

  toggle(number: number): void {
    const chosen = this.chosenNumbers.value;
    this.choose(
      chosen.includes(number) ? chosen.filter((each) => each !== number) : [...chosen, number],
      number,
    );
  }

  delete(): Promise<void> {
    if (!this.someChosen('Choose the pieces that are none first')) return Promise.resolve();
    return this.send(this.chosen.value.map(({ number }) => ({ kind: 'delete', of: number })));
  }

  judge(certain: boolean): Promise<void> {
    if (!this.someChosen('Choose the pieces to judge first')) return Promise.resolve();
    const changing = this.chosen.value.filter((piece) => piece.certain !== certain);
    if (changing.length === 0) {
      this.say(`Already ${verdictText(certain)}`);
      return Promise.resolve();
    }
    return this.send(changing.map(({ number }) => ({ kind: 'judge', of: number, certain })));
  }

  merge(): Promise<void> {
    const chosen = this.chosen.value;
    if (chosen.length < 2) {
      this.refuse(
        'Choose two pieces or more to merge: Shift and click, or Control with the arrow keys and Space',
      );
      return Promise.resolve();
    }
    const outlines = chosen.flatMap(({ outlinePx }) => (outlinePx === null ? [] : [outlinePx]));
    if (outlines.length < chosen.length) {
      this.refuse(withoutOutline);
      return Promise.resolve();
    }
    const outlinePx = mergedOutlines(outlines, this.tile);
    return this.send([{ kind: 'merge', of: chosen.map(({ number }) => number), outlinePx }]);
  }

  /** Takes a tool; redraw and split are for the one chosen piece. */
  take(tool: Tool, at: Pen['at']): void {
    this.refused.value = '';
    if (tool === 'redraw' || tool === 'split') {
      const piece = this.onlyChosen();
      if (!piece) return;
      if (tool === 'redraw') this.reshaping.value = { outlinePx: piece.outlinePx!, corner: 0 };
    }
    this.pen.value = tool === 'draw' || tool === 'split' ? { corners: [], at } : null;
    this.tool.value = tool;
    this.say(tool === 'choose' ? '' : toolHelp[tool]);
  }

  /** Gives up what is being drawn. */
  giveUp(): void {
    if (this.tool.value === 'choose') this.choose([]);
    else {
      this.layDown();
      this.say('Given up; nothing was changed');
    }
  }

  /** Sends what the tool has drawn. */
  finish(): Promise<void> {
    const { corners = [] } = this.pen.value ?? {};
    if (this.tool.value === 'draw') return this.draw(outlineOfCorners(corners));
    if (this.tool.value === 'split') return this.split(corners);
    return this.tool.value === 'redraw' ? this.redraw() : Promise.resolve();
  }

  draw(outline: Outline): Promise<void> {
    if (cornerCount(outline) < 3) {
      this.refuse('Set at least three corners');
      return Promise.resolve();
    }
    return this.send([{ kind: 'draw', outlinePx: trimmedTo(outline, this.tile), certain: true }]);
  }

  split(line: Pen['corners']): Promise<void> {
    const piece = this.onlyChosen();
    if (!piece) return Promise.resolve();
    const partsPx = splitOutline(piece.outlinePx!, line, this.tile);
    if (partsPx.length < 2) {
      this.pen.value = { corners: [], at: line.at(-1) ?? { x: 0, y: 0 } };
      this.refuse(`The line does not go across piece ${piece.number}: begin and end it outside`);
      return Promise.resolve();
    }
    return this.send([{ kind: 'split', of: piece.number, partsPx: [...partsPx] }]);
  }

  private redraw(): Promise<void> {
    const piece = this.onlyChosen();
    const { outlinePx } = this.reshaping.value ?? {};
    if (!piece || !outlinePx) return Promise.resolve();
    if (JSON.stringify(outlinePx) === JSON.stringify(piece.outlinePx)) {
      this.layDown();
      this.say('The outline is as it was');
      return Promise.resolve();
    }
    return this.send([{ kind: 'redraw', of: piece.number, outlinePx: trimmedTo(outlinePx, this.tile) }]);
  }

  /** Takes back a correction; the latest that stands where none is named. */
  async undo(id?: number): Promise<void> {
    const latest = this.record.corrections.value.filter(({ undone, stale }) => !undone && !stale);
    const asked = id ?? Math.max(...latest.map((each) => each.id));
    const correction = this.record.corrections.value.find((each) => each.id === asked);
    if (!correction) return this.say('There is nothing to undo');
    await this.busy(async () => {
      await this.record.undo(asked, reviewer.value);
      this.say(`Undone: ${changeText(correction.change)}`);
    });
  }

  /** Sends again what was not taken. */
  sendAgain(): Promise<void> {
    return this.send(this.unsent.value);
  }

  private async send(changes: readonly Change[]): Promise<void> {
    const open = [...changes];
    await this.busy(async () => {
      const before = new Set(this.record.pieces.value.map(({ number }) => number));
      const sent = new Set<number>();
      for (let change = open[0]; change; change = open[0]) {
        sent.add((await this.record.correct(change, reviewer.value)).id);
        open.shift();
      }
      const made = this.record.pieces.value.filter(
        // Others make pieces, too.
        ({ number, correction }) => !before.has(number) && correction !== null && sent.has(correction.id),
      );
      this.layDown();
      this.follow(made);
      this.say(`${changes.map(changeText).join('; ')}${madeText(made)}`);
    });
    this.unsent.value = open;
    this.redraws.value += 1;
  }

  /** Chooses what was made; else what is still there. */
  private follow(made: readonly StandingPiece[]): void {
    const there = this.chosen.value.map(({ number }) => number);
    const numbers = made.length > 0 ? made.map(({ number }) => number) : there;
    const following = this.record.pieces.value.find(({ number }) => number > (this.active.value ?? -1));
    this.choose(numbers, numbers.at(-1) ?? following?.number ?? null);
  }

  private async busy(action: () => Promise<void>): Promise<void> {
    if (this.isBusy.value) return;
    if (reviewer.value === '') return this.refuse('Say who you are first: corrections stand under a name');
    this.isBusy.value = true;
    this.refused.value = '';
    try {
      await action();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.refuse(error.message);
      // Somebody else may have said something of the same piece.
      if (error.status === 409) await this.record.read();
    } finally {
      this.isBusy.value = false;
    }
  }

  private layDown(): void {
    this.tool.value = 'choose';
    this.pen.value = null;
    this.reshaping.value = null;
    this.redraws.value += 1;
  }

  private someChosen(otherwise: string): boolean {
    if (this.chosen.value.length > 0) return true;
    this.refuse(otherwise);
    return false;
  }

  /** The one chosen piece, if it has an outline. */
  private onlyChosen(): StandingPiece | null {
    const [piece, ...others] = this.chosen.value;
    if (!piece || others.length > 0) {
      this.refuse('Choose one piece first');
      return null;
    }
    if (piece.outlinePx !== null) return piece;
    this.refuse(withoutOutline);
    return null;
  }

  private say(text: string): void {
    this.said.value = text;
  }

  /** Says what cannot be done, and why. */
  refuse(text: string): void {
    this.refused.value = text;
  }
}
