export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Neighbouring points that share one fitted value, the mean of their y. */
export interface Block {
  /** Least x, and mean x, of the block's points. */
  readonly xFirst: number;
  readonly xMean: number;
  readonly yMean: number;
  readonly count: number;
}

/**
 * The non-decreasing step function of least squares, by pooling adjacent violators (Ayer et al. 1955, Annals of
 * Mathematical Statistics 26:641-647): blocks by ascending x, their means strictly ascending. Points of equal x
 * always share a block.
 */
export function isotonicBlocks(points: readonly Point[]): Block[] {
  const blocks: Block[] = [];
  const tied = Map.groupBy(points, ({ x }) => x);
  for (const x of [...tied.keys()].sort((a, b) => a - b)) {
    const ys = tied.get(x)!.map(({ y }) => y);
    let block: Block = { xFirst: x, xMean: x, yMean: sum(ys) / ys.length, count: ys.length };
    for (let last = blocks.at(-1); last && last.yMean >= block.yMean; last = blocks.at(-1)) {
      block = pooled(last, block);
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks;
}

/** The same fit with at most `most` blocks: time and again the two neighbours that cost the least squares pool. */
export function fewerBlocks(blocks: readonly Block[], most: number): Block[] {
  const fewer = [...blocks];
  while (fewer.length > most) {
    let cheapest = 0;
    for (let i = 1; i < fewer.length - 1; i++) {
      if (cost(fewer[i]!, fewer[i + 1]!) < cost(fewer[cheapest]!, fewer[cheapest + 1]!)) cheapest = i;
    }
    fewer.splice(cheapest, 2, pooled(fewer[cheapest]!, fewer[cheapest + 1]!));
  }
  return fewer;
}

function pooled(a: Block, b: Block): Block {
  const count = a.count + b.count;
  const mean = (of: (block: Block) => number) => (a.count * of(a) + b.count * of(b)) / count;
  return { xFirst: a.xFirst, xMean: mean(({ xMean }) => xMean), yMean: mean(({ yMean }) => yMean), count };
}

/** What pooling adds to the sum of squares. */
function cost(a: Block, b: Block): number {
  return ((a.count * b.count) / (a.count + b.count)) * (a.yMean - b.yMean) ** 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
