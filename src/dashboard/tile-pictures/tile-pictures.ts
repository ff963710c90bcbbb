import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { Refusal } from '../refusal.ts';
import type { DashboardSettings } from '../settings.ts';
import { isInside } from './is-inside.ts';
import { keptPictures } from './kept-pictures.ts';
import { type PictureMaker, startPictureMaker } from './picture-maker.ts';

/** Pictures of tiles as photographed, without the data bar, for browsers. */
export interface TilePictures {
  /** A JPEG at most so wide. @throws Refusal as `PictureMaker` */
  picture(tile: Pick<StoredTile, 'file' | 'metadata'>, widthPx: number): Promise<Buffer>;
  close(): void;
}

/** Each is made once, kept for the next who asks, and made for all at once who ask meanwhile. */
export function startTilePictures(
  { exportFolder, picturesFolder }: Pick<DashboardSettings, 'exportFolder' | 'picturesFolder'>,
  logger: Logger,
  maker: PictureMaker = startPictureMaker(),
): TilePictures {
  const kept = keptPictures(picturesFolder);
  const making = new Map<string, Promise<Buffer>>();
  let toldOfDisk = '';

  async function made(name: string, request: Parameters<PictureMaker['make']>[0]): Promise<Buffer> {
    const before = await kept.get(name);
    if (before) return before;
    const picture = await maker.make(request);
    await kept.put(name, picture).catch((error: unknown) => {
      const err = messageOf(error);
      if (err !== toldOfDisk)
        logger.warn({ err, folder: picturesFolder }, 'live page: pictures cannot be kept');
      toldOfDisk = err;
    });
    return picture;
  }

  return {
    picture({ file, metadata }, widthPx) {
      const { path, contentHash } = file;
      if (!isInside(path, exportFolder)) {
        throw new Refusal(
          404,
          'the file of this tile does not lie in the export folder of now (watch.folder)',
        );
      }
      const name = `${contentHash}-${widthPx}.jpg`;
      const { databarHeightPx } = metadata;
      const one =
        making.get(name) ??
        made(name, { path, contentHash, folder: exportFolder, databarHeightPx, widthPx }).finally(() =>
          making.delete(name),
        );
      making.set(name, one);
      return one;
    },
    close: () => maker.close(),
  };
}
