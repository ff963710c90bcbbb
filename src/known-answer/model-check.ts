import type { Arithmetic } from '../inference/model/manifest.ts';

/** What a segmenter knows of one of its models since it computed the known answer last. */
export interface ModelCheck {
  readonly model: string;
  /** In which it works now. */
  readonly arithmetic: Arithmetic;
  /** The figures of the known answer in that arithmetic; null where none came with the model. */
  readonly figures: string | null;
  /** Why the arithmetic is not the model's own, with the figures; null where it is. */
  readonly deviation: string | null;
}
