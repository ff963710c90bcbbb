import type { UnusableFileCode } from '../errors.ts';
import type { FileState } from './file-state.ts';
import type { FolderCondition } from './folder-condition.ts';
import type { ReadTile } from './read-tile.ts';
import type { PixelSource } from './tile-files.ts';
import type { WatchOptions } from './watch-folder.ts';

/** What the process that touches the export folder is started with. */
export interface ShareSettings extends Omit<WatchOptions, 'logger' | 'onMisnamed' | 'knownFiles'> {
  readonly displayWidthDefaultM: number;
  /** As `instrument.pixelSizeNm`. */
  readonly pixelSizeNm?: number | null;
  /** Pause between two looks whether the folder answers. */
  readonly probeIntervalMs: number;
}

/** What it is asked, each with what it gives. */
export interface ShareCalls {
  /** Resolves once the folder is being watched and was looked through once. */
  watch: { asked: { knownFiles: number }; given: null };
  rescan: { asked: null; given: null };
  isStill: { asked: { known: FileState; path: string }; given: boolean };
  read: { asked: string; given: ReadTile };
  twinOf: { asked: string; given: string | null };
  states: { asked: readonly string[]; given: (FileState | null)[] };
  contentHash: { asked: string; given: string | null };
  areInverse: { asked: readonly [PixelSource, PixelSource]; given: boolean };
  gone: { asked: readonly string[]; given: string[] };
}

export type ShareCall = keyof ShareCalls;

export type ShareRequest = {
  [Call in ShareCall]: {
    readonly id: number;
    readonly call: Call;
    readonly asked: ShareCalls[Call]['asked'];
  };
}[ShareCall];

export interface UnusableFields {
  readonly path: string;
  readonly code: UnusableFileCode;
  readonly reason: string;
  readonly mayRecover: boolean;
}

export type ShareReply =
  | { readonly kind: 'given'; readonly id: number; readonly given: unknown }
  | { readonly kind: 'unusable'; readonly id: number; readonly fault: UnusableFields }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  /** The folder is there, at the start. */
  | { readonly kind: 'there' }
  | { readonly kind: 'refused'; readonly message: string }
  /** A call on the folder has returned, well or not. */
  | { readonly kind: 'answers'; readonly condition: FolderCondition | null }
  | { readonly kind: 'finished'; readonly path: string }
  | { readonly kind: 'misnamed'; readonly paths: readonly string[] }
  | {
      readonly kind: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly facts: object;
      readonly message: string;
    };
