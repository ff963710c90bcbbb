/**
 * An input that cannot be used: which file, what is wrong with it, and what to do.
 * The file is set aside with this reason; everything else goes on.
 */
export class UnusableFileError extends Error {
  override readonly name = 'UnusableFileError';
  readonly path: string;
  /** A stable word for machines, e.g. `no-metadata`. */
  readonly code: UnusableFileCode;
  /** True when the same file may become usable by itself, as one still being written. */
  readonly mayRecover: boolean;

  constructor(path: string, code: UnusableFileCode, reason: string, mayRecover = false) {
    super(`${path}: ${reason}`);
    this.path = path;
    this.code = code;
    this.mayRecover = mayRecover;
  }
}

/** Why an image that can be read is no tile of the run that it came beside. */
export const keptOutCodes = ['other-detector', 'map', 'inverted', 'other-magnification'] as const;
export type KeptOutCode = (typeof keptOutCodes)[number];

export type UnusableFileCode =
  | 'empty'
  | 'not-an-image'
  | 'truncated'
  | 'too-large'
  | 'not-grey'
  | 'multi-page'
  | 'unsupported-pixels'
  | 'flat'
  | 'low-contrast'
  | 'no-metadata'
  | 'bad-metadata'
  | 'bad-sidecar'
  | 'no-model'
  | KeptOutCode
  | 'segmenter-failed'
  | 'unreadable';

/** A configuration that cannot be run: every fault at once, each with its key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(source: string, faults: readonly string[]) {
    const head = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super(`${source}: ${head}\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** A model folder that cannot be used: which, why, what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
