import type { Desk } from './desk.ts';
import type { PageActions } from './keys.ts';
import type { Tool } from './tool.ts';

interface Props {
  readonly desk: Desk;
  readonly page: PageActions;
}

interface Doing {
  readonly name: string;
  readonly key: string;
  readonly isOff: boolean;
  /** Whether it is the tool in hand; undefined for what is done at once. */
  readonly isOn?: boolean;
  readonly use: () => unknown;
}

/** Everything that can be done with the tile, as buttons that name their keys. */
export function ToolBar({ desk, page }: Props) {
  return (
    <fieldset class="tools">
      <legend class="hidden-visually">Corrections</legend>
      {[...doings(desk, page), ...endings(desk)].map(({ name, key, isOff, isOn, use }) => (
        <button
          key={name}
          type="button"
          disabled={isOff || desk.isBusy.value}
          aria-pressed={isOn}
          aria-keyshortcuts={key}
          onClick={use}
        >
          {name} <kbd>{key}</kbd>
        </button>
      ))}
    </fieldset>
  );
}

function doings(desk: Desk, page: PageActions): Doing[] {
  const tool = desk.tool.value;
  const count = desk.chosen.value.length;
  const isTaken = tool !== 'choose';
  const none = isTaken || count === 0;
  const inHand = (name: Exclude<Tool, 'choose'>) => ({
    isOn: tool === name,
    isOff: (isTaken && tool !== name) || (name !== 'draw' && count !== 1),
    use: () => (tool === name ? desk.giveUp() : desk.take(name, page.middle())),
  });
  return [
    { name: 'Delete', key: 'Delete', isOff: none, use: () => desk.delete() },
    { name: 'Certain', key: 'C', isOff: none, use: () => desk.judge(true) },
    { name: 'Uncertain', key: 'U', isOff: none, use: () => desk.judge(false) },
    { name: 'Draw a missing one', key: 'D', ...inHand('draw') },
    { name: 'Redraw', key: 'R', ...inHand('redraw') },
    { name: 'Split', key: 'S', ...inHand('split') },
    { name: 'Merge', key: 'M', isOff: isTaken || count < 2, use: () => desk.merge() },
    { name: 'Undo', key: 'Z', isOff: isTaken, use: () => desk.undo() },
  ];
}

/** How a tool in hand is laid down, for those who have no keys. */
function endings(desk: Desk): Doing[] {
  if (desk.tool.value === 'choose') return [];
  return [
    { name: 'Done', key: 'Enter', isOff: false, use: () => desk.finish() },
    { name: 'Give up', key: 'Escape', isOff: false, use: () => desk.giveUp() },
  ];
}
