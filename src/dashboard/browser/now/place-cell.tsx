import { Component } from 'preact';
import { sampleAddress } from '../shell/api.ts';
import { type Place, placeText } from './places.ts';
import { TilePicture } from './tile-picture.tsx';

interface Props {
  readonly place: Place;
  readonly sampleId: string;
  readonly run: string;
  /** As `TilePicture` takes it. */
  readonly review: number;
  /** The one place of the grid that the Tab key reaches. */
  readonly isTabStop: boolean;
}

/** A sign beside the colour, for those places that are not simply segmented. */
const signs = { waiting: '…', failed: '✕', 'left-out': '–' } as const;

/** One place; drawn again only where it has changed, for there are hundreds and one changes at a time. */
export class PlaceCell extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { place, isTabStop, run, sampleId, review } = this.props;
    return (
      next.isTabStop !== isTabStop ||
      next.run !== run ||
      next.review !== review ||
      next.sampleId !== sampleId ||
      next.place.tile !== place.tile ||
      next.place.reason !== place.reason ||
      next.place.row !== place.row ||
      next.place.column !== place.column
    );
  }

  override render({ place, sampleId, run, review, isTabStop }: Props) {
    const { row, column, tile } = place;
    const at = { 'data-row': row, 'data-column': column, tabIndex: isTabStop ? 0 : -1 };
    const text = placeText(place);
    if (tile === null) {
      return (
        <td class="place empty" aria-label={text} title={text} {...at}>
          <div>{place.reason !== null && <Sign>↻</Sign>}</div>
        </td>
      );
    }
    const sign = tile.state === 'segmented' ? (tile.reimage ? '↻' : null) : signs[tile.state];
    return (
      <td class={`place ${tile.state} ${tile.reimage ? 'again' : ''}`}>
        <a href={sampleAddress(sampleId, run, tile.contentHash)} aria-label={text} title={text} {...at}>
          <TilePicture tile={tile} widthPx={240} review={review} />
          {sign !== null && <Sign>{sign}</Sign>}
        </a>
      </td>
    );
  }
}

function Sign({ children }: { readonly children: string }) {
  return (
    <span class="sign" aria-hidden="true">
      {children}
    </span>
  );
}
