import type { Outline } from '../../measure/correction.ts';
import { boundsOf } from '../../measure/outline-mask.ts';

/** A tile and its pieces as other programs for labels read them. */
export interface CocoTile {
  /** From the folder of the export. */
  readonly file: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pieces: readonly CocoPiece[];
}

export interface CocoPiece {
  readonly outlinePx: Outline;
  readonly areaPx: number;
  readonly certain: boolean;
  /** Who drew or judged it; null where it is as the model found it. */
  readonly reviewer: string | null;
}

const CATEGORY = 1;

/** The labels of Common Objects in Context, with polygons (https://cocodataset.org/#format-data). */
export function coco(tiles: readonly CocoTile[], description: string): object {
  const images = tiles.map(({ file, widthPx, heightPx }, at) => ({
    ...{ id: at + 1, file_name: file, width: widthPx, height: heightPx },
  }));
  const annotations = tiles.flatMap(({ pieces }, at) =>
    pieces.map(({ outlinePx, areaPx, certain, reviewer }) => {
      const { left, top, right, bottom } = boundsOf(outlinePx);
      return {
        ...{ image_id: at + 1, category_id: CATEGORY, iscrowd: 0 },
        segmentation: outlinePx,
        area: areaPx,
        bbox: [left, top, right - left, bottom - top],
        attributes: { certain, reviewer },
      };
    }),
  );
  return {
    info: { description },
    categories: [{ id: CATEGORY, name: 'particle', supercategory: '' }],
    images,
    annotations: annotations.map((annotation, at) => ({ id: at + 1, ...annotation })),
  };
}
