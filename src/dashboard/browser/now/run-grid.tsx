import { useState } from 'preact/hooks';
import type { RunDetail, TileEntry } from '../../api/run.ts';
import { counted } from '../shell/figures.ts';
import { PlaceCell } from './place-cell.tsx';
import { placesOf } from './places.ts';
import { type Spot, spotAfter } from './roving.ts';
import { reviewOf } from './tile-picture.tsx';

interface Props {
  readonly detail: RunDetail;
  /** Called with the tile that the reader looks at; null with none. */
  readonly onLook: (tile: TileEntry | null) => void;
}

/** The grid of a run with all its places, walked through by the arrow keys. */
export function RunGrid({ detail, onLook }: Props) {
  const { rows, unplaced } = placesOf(detail);
  const [at, setAt] = useState<Spot>({ row: 0, column: 0 });
  // The grid may have become smaller since.
  const stop = { row: Math.min(at.row, detail.rows - 1), column: Math.min(at.column, detail.columns - 1) };

  function look(target: EventTarget | null): void {
    const spot = spotOf(target);
    onLook(spot === null ? null : (rows[spot.row]?.[spot.column]?.tile ?? null));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const spot = spotAfter(event.key, event.ctrlKey, stop, detail);
    if (spot === null || event.altKey || event.metaKey) return;
    event.preventDefault();
    const grid = event.currentTarget;
    if (!(grid instanceof HTMLElement)) return;
    grid.querySelector<HTMLElement>(`[data-row="${spot.row}"][data-column="${spot.column}"]`)?.focus();
  }

  return (
    <>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid.
        role="grid"
        class="run-grid"
        aria-label={`Grid of ${counted(detail.rows, 'row')} and ${counted(detail.columns, 'column')}`}
        style={{ '--shape': shapeOf(detail) }}
        onKeyDown={onKeyDown}
        onFocusCapture={(event) => {
          const spot = spotOf(event.target);
          if (spot !== null) setAt(spot);
          look(event.target);
        }}
        onPointerOver={(event) => look(event.target)}
        onPointerLeave={() => onLook(null)}
      >
        <tbody>
          {rows.map((places, row) => (
            <tr key={row}>
              {places.map((place) => (
                <PlaceCell
                  key={place.column}
                  place={place}
                  sampleId={detail.entry.sampleId}
                  run={detail.entry.run}
                  review={reviewOf(detail.entry)}
                  isTabStop={place.row === stop.row && place.column === stop.column}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {unplaced.length > 0 && (
        <p class="faint">
          {counted(unplaced.length, 'more tile')}, whose place in the grid is not known yet.
        </p>
      )}
    </>
  );
}

/** Width over height of the tiles, upright. */
function shapeOf({ tiles: [tile] }: RunDetail): string {
  if (tile === undefined) return '1.5';
  const shape = tile.widthPx / tile.heightPx;
  return String(tile.turns % 2 === 0 ? shape : 1 / shape);
}

function spotOf(target: EventTarget | null): Spot | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (element === null) return null;
  return { row: Number(element.dataset.row), column: Number(element.dataset.column) };
}
