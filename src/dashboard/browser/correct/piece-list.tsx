import { useEffect, useRef } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { pieceText } from './words.ts';

const optionId = (number: number) => `piece-${number}`;

/** All pieces of the tile, to go through by the arrow keys; what is chosen here is chosen in the picture. */
export function PieceList({ desk }: { readonly desk: Desk }) {
  const pieces = desk.record.pieces.value;
  const chosen = desk.chosenNumbers.value;
  const active = desk.active.value;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active === null) return;
    // Within the list alone: the page itself stays where it is.
    const option = document.getElementById(optionId(active));
    if (!option || !list.current) return;
    const [box, shown] = [option.getBoundingClientRect(), list.current.getBoundingClientRect()];
    if (box.top < shown.top) list.current.scrollTop -= shown.top - box.top;
    if (box.bottom > shown.bottom) list.current.scrollTop += box.bottom - shown.bottom;
  }, [active, pieces.length]);
  return (
    <div
      ref={list}
      class="pieces"
      role="listbox"
      tabIndex={0}
      aria-label="Pieces of the tile"
      aria-multiselectable="true"
      aria-activedescendant={active === null ? undefined : optionId(active)}
    >
      {pieces.map((piece) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for all of its options.
        <div
          key={piece.number}
          id={optionId(piece.number)}
          role="option"
          tabIndex={-1}
          class={piece.certain ? 'certain' : 'uncertain'}
          aria-selected={chosen.includes(piece.number)}
          data-active={piece.number === active}
          onClick={(event) => {
            if (event.shiftKey || event.ctrlKey || event.metaKey) desk.toggle(piece.number);
            else desk.choose([piece.number]);
            list.current?.focus({ preventScroll: true });
          }}
        >
          {pieceText(piece)}
        </div>
      ))}
    </div>
  );
}
