import type { BoxUm } from './box.ts';

/** Finds things on the stage by place: square cells, each with the things whose boxes reach into it. */
export interface CellLookup<Thing> {
  add(thing: Thing, box: BoxUm): void;
  /** Everything whose box overlaps the given one, once each, in the order it was added. */
  near(box: BoxUm): Thing[];
}

/** `cellUm` about the size of the larger things makes both calls cheap. */
export function createCellLookup<Thing>(cellUm: number): CellLookup<Thing> {
  const entries: { thing: Thing; box: BoxUm }[] = [];
  const cells = new Map<number, number[]>();

  return {
    add(thing, box) {
      const index = entries.push({ thing, box }) - 1;
      for (const key of cellsOf(box, cellUm)) {
        const cell = cells.get(key);
        if (cell) cell.push(index);
        else cells.set(key, [index]);
      }
    },
    near(box) {
      const found = new Set<number>();
      for (const key of cellsOf(box, cellUm)) {
        for (const index of cells.get(key) ?? []) {
          if (boxesOverlap(entries[index]!.box, box)) found.add(index);
        }
      }
      return [...found].sort((one, other) => one - other).map((index) => entries[index]!.thing);
    },
  };
}

function* cellsOf(box: BoxUm, cellUm: number): Generator<number> {
  for (let row = Math.floor(box.bottom / cellUm); row <= Math.floor(box.top / cellUm); row += 1) {
    for (let column = Math.floor(box.left / cellUm); column <= Math.floor(box.right / cellUm); column += 1) {
      // Two far-apart cells may share a key; the box test then tells their things apart.
      yield row * 2 ** 26 + column;
    }
  }
}

function boxesOverlap(one: BoxUm, other: BoxUm): boolean {
  return (
    one.left <= other.right && one.right >= other.left && one.bottom <= other.top && one.top >= other.bottom
  );
}
