import type { Manifest } from '../../inference/model/manifest.ts';
import type { OutputRole } from '../../inference/model/recognise-network.ts';

export interface AddOptions {
  /** Null: what the folder's manifest says, else the file's own name. */
  readonly name: string | null;
  readonly description: string | null;
  /** Null: as the network shows on trial. */
  readonly kind: Manifest['outputs']['kind'] | null;
  /** Null: 0 and no bound, or what the folder's manifest says. */
  readonly fromMagnification: number | null;
  readonly belowMagnification: number | null;
  readonly longestSidePx: number | null;
  readonly sideMultiplePx: number | null;
  /** Names of outputs that cannot be told by name or shape. */
  readonly outputs: Readonly<Partial<Record<OutputRole, string>>>;
  /** Sets aside the models whose range or name it takes. */
  readonly replace: boolean;
  /** It serves no tile: it lies apart, for `models.shadow.model` to name. */
  readonly shadow?: boolean;
}
