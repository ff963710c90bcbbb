import type { UnusableFileCode } from '../errors.ts';
import type { Model } from '../inference/model/model-folder.ts';
import type { RunParts } from '../run/parts.ts';
import type { Segmenter } from '../segmenter/port.ts';
import type { TileFiles } from '../watcher/tile-files.ts';

/** Hears what becomes of tiles, for figures that others read. */
export interface WalkObserver {
  /** @param seconds that a segmenter took for it */
  tileSegmented(seconds: number): void;
  /** It was given up. */
  tileFailed(): void;
  fileSetAside(code: UnusableFileCode): void;
  /** A shadow model has segmented a tile, or it was given up there. */
  shadowTile(outcome: 'segmented' | 'failed'): void;
}

/** The walk of every tile. Nothing in it throws: what goes wrong with a file is said, and the rest go on. */
export interface Pipeline {
  /** A finished file was found. */
  arrive(path: string): void;
  /** Exactly these files of the folder have names that no program can use. */
  misnamed(paths: readonly string[]): void;
  /** Takes up what a stopped or killed daemon left: waiting tiles, due summaries, missing files; tiles given up, once. */
  resume(): void;
  /** Time has passed: runs that have fallen silent end. */
  tick(): void;
  /** A controller said something new of the run: work to do, or only another summary. */
  changed(runId: number): void;
  /** Writes the files of a run's latest revision anew. @returns their folder */
  writeFilesAnew(runId: number): Promise<string>;
  /** What tiles wait for now, in words: a store that can be written, a segmenter. */
  troubles(): string[];
  /** Which files tiles wait for that cannot be read, in words. */
  filesAwaited(): string[];
  /** Why the summary last due could not be made, and is tried again; null where it could. */
  summaryTrouble(): string | null;
  /** False where tiles wait and none has ended for longer than segmenters are given. */
  isGoingOn(): boolean;
  /** Resolves once every file that has arrived is read: its tile waits, or it was set aside. */
  admitted(): Promise<void>;
  /** No more tiles come from these folders: their filling runs end once none of their tiles waits. */
  endRunsIn(folders: ReadonlySet<string>): void;
  /** Resolves once every file that has arrived is segmented or given up and every due summary is written. */
  idle(): Promise<void>;
  /** Ends every filling run as it is, and writes what files are missing; for a folder that gets no more tiles. */
  finish(): Promise<void>;
  /** Takes nothing new and waits a little for what is under way; the rest goes on at the next start. */
  stop(): Promise<void>;
}

/** What a pipeline stands on; it starts and ends none of it. */
export interface PipelineParts extends RunParts {
  /** The export folder; where left out it is looked at directly, once. */
  readonly files?: TileFiles;
  readonly models: readonly Model[];
  readonly segmenter: Segmenter;
  /** Tiles that the segmenter is given at once. */
  readonly capacity: number;
  readonly observer?: WalkObserver | undefined;
  /** Missing or null: no tile is segmented twice. */
  readonly shadow?: Shadow | null;
}

/** A model on probation, with a segmenter of its own. */
export interface Shadow {
  readonly model: Model;
  /** Of the tiles, over 0 up to 1. */
  readonly share: number;
  readonly segmenter: Pick<Segmenter, 'segment'> & {
    /** Has it compute nothing until it may go on. */
    hold(): void;
    goOn(): void;
  };
  /** The steady clock, by which it pauses after a failure; the system's where left out. */
  nowMs?(): number;
}
