import type { NetworkLimit } from '../inference/detections.ts';
import type { Arithmetic, Thresholds } from '../inference/model/manifest.ts';
import type { Polarity } from '../inference/network-input.ts';
import type { Outline } from '../measure/correction.ts';
import type { TileQuality } from '../measure/image-quality.ts';
import type { Particle } from '../measure/particle.ts';
import type { OverlayKind } from '../report/overlay.ts';
import type { StagePositionUm } from '../units.ts';

/** What a segmenter is asked: one finished tile and its calibration. */
export interface SegmentTask {
  readonly path: string;
  /** SHA-256 of the file as it was admitted: nothing else is segmented for it. */
  readonly contentHash: string;
  /** The folder out of which no symbolic link may lead. */
  readonly within: string;
  readonly databarHeightPx: number;
  readonly pixelSizeNm: number;
  /** Null where nobody says. */
  readonly stagePositionUm: StagePositionUm | null;
  /** 0 where left out. */
  readonly scanRotationRad?: number;
  /** Name of the model to use, one of those the segmenter loaded. */
  readonly model: string;
  /** Where that model lies, for a segmenter that loads models as they are asked for. */
  readonly modelFolder?: string;
  /** Instead of the segmenter's own. */
  readonly polarity?: Polarity;
  /** Instead of those in the model's manifest. */
  readonly thresholds: Thresholds;
  /** Where to draw the outlines; null: nowhere. */
  readonly overlayPath: string | null;
  /** pictures where left out. */
  readonly overlayKind?: OverlayKind;
}

/** What comes back: a few kB for each tile; pixels and masks stay in the segmenter. */
export interface TileResult {
  readonly particles: readonly Particle[];
  /** Of the particles, in their order. */
  readonly outlines: readonly Outline[];
  readonly quality: TileQuality;
  readonly model: { readonly name: string; readonly sha256: string; readonly arithmetic: Arithmetic };
  /** Limits of the network at which particles were, or may have been, left out. */
  readonly limitsReached: readonly NetworkLimit[];
  /** How many times the network was asked: of the whole tile, and of it enlarged, in parts, or from farther off. */
  readonly looks: number;
  /** Wall time of each step. */
  readonly durationsMs: {
    readonly read: number;
    /** Scaling included. */
    readonly network: number;
    readonly combine: number;
    readonly measure: number;
  };
}

/** The port: nothing else may know where and how a tile is segmented. */
export interface Segmenter {
  segment(task: SegmentTask): Promise<TileResult>;
  close(): Promise<void>;
}
