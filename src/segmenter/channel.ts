import type { UnusableFileCode } from '../errors.ts';
import type { Processor } from '../inference/processor.ts';
import type { ModelCheck } from '../known-answer/model-check.ts';
import type { SegmentTask, TileResult } from './port.ts';

/** What a pool asks of its segmenter processes, one thing at a time each: a tile, or the known answers again. */
export type SegmenterRequest =
  | { readonly kind: 'segment'; readonly id: number; readonly task: SegmentTask }
  | { readonly kind: 'check'; readonly id: number };

export type SegmenterReply =
  | { readonly kind: 'ready'; readonly processor: Processor; readonly checks: readonly ModelCheck[] }
  | { readonly kind: 'refused'; readonly message: string }
  /** The tile's file is in memory: what takes long from now on is not its folder's fault. */
  | { readonly kind: 'read'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly result: TileResult }
  /** The model that the task names by its folder cannot be used here. */
  | { readonly kind: 'unfit'; readonly id: number; readonly message: string }
  | { readonly kind: 'checked'; readonly id: number; readonly checks: readonly ModelCheck[] }
  | {
      readonly kind: 'unusable';
      readonly id: number;
      readonly code: UnusableFileCode;
      readonly reason: string;
      readonly mayRecover: boolean;
    }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };

/** The segmenter's process died or hung while it had this tile. */
export class SegmenterCrashError extends Error {
  override readonly name = 'SegmenterCrashError';
  /** False where the process may have waited for the tile's file, whose folder did not answer. */
  readonly isRead: boolean;

  constructor(message: string, isRead = true) {
    super(message);
    this.isRead = isRead;
  }
}

/** No segmenter process can be had now; the tile is not to blame. */
export class SegmenterUnavailableError extends Error {
  override readonly name = 'SegmenterUnavailableError';
}
