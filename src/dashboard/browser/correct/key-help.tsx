const keys = [
  [
    '↑ ↓',
    'previous or next piece; with Shift added to what is chosen; with Control only gone to, Space then chooses it too',
  ],
  ['Delete', 'what is chosen is no particle'],
  ['C, U', 'what is chosen is certain, uncertain'],
  ['D', 'draw a missing piece'],
  ['R', 'redraw the chosen piece by its corners'],
  ['S', 'split the chosen piece by a line across'],
  ['M', 'merge what is chosen'],
  ['Z', 'undo the latest correction'],
  ['N, P', 'next or previous tile'],
  ['+, −, 0', 'closer, further away, the whole tile'],
  ['Enter, Escape', 'finish, or give up, what is being drawn'],
  ['In drawing', 'arrow keys move by 5 px, with Shift by 1 px; Space sets a corner, Backspace takes it back'],
  [
    'In redrawing',
    'arrow keys move the held corner; Page Up and Page Down hold another; I adds one, Delete removes it',
  ],
] as const;

/** What each key does; they work while the picture, the list or a button of them has the focus. */
export function KeyHelp({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <details class="key-help" open={isOpen}>
      <summary>
        Keys <kbd>?</kbd>
      </summary>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
