import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { counted, countText, settingText } from '../../shell/figures.ts';
import { hasRange, rounded, type Selection, showings } from '../selection.ts';
import type { ShownParticles } from './shown-particles.ts';

interface Props {
  readonly selection: Selection;
  readonly choose: (change: Partial<Selection>) => void;
  readonly found: ShownParticles | null;
  readonly total: number;
  /** What is wrong with the filter. */
  readonly filterFault: string;
}

const names = { all: 'All', certain: 'Certain', uncertain: 'Uncertain' } as const;

/** Which particles are shown: by the model's doubt, by a range of sizes, by an expression. */
export function Choice({ selection, choose, found, total, filterFault }: Props) {
  return (
    <form class="choice" aria-label="Which particles are shown" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="switch">
        <legend class="hidden-visually">By the model’s doubt</legend>
        {showings.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="show"
              value={one}
              checked={selection.show === one}
              onChange={() => choose({ show: one })}
            />
            <span>{names[one]}</span>
          </label>
        ))}
      </fieldset>
      <SizeField name="From" value={selection.fromUm} onChange={(fromUm) => choose({ fromUm })} />
      <SizeField name="To" value={selection.toUm} onChange={(toUm) => choose({ toUm })} />
      {hasRange(selection) && (
        <button type="button" class="quiet" onClick={() => choose({ fromUm: null, toUm: null })}>
          All sizes
        </button>
      )}
      <FilterField selection={selection} choose={choose} fault={filterFault} />
      <p class="found" role="status">
        {found && foundText(found, selection, total)}
      </p>
    </form>
  );
}

function foundText({ shown, inRange }: ShownParticles, selection: Selection, total: number): string {
  const { fromUm, toUm } = selection;
  const of = shown.length === total ? '' : ` of ${countText(total)}`;
  if (!hasRange(selection)) return `${counted(shown.length, 'particle')}${of} shown.`;
  const range = [
    fromUm === null ? '' : `from ${settingText(fromUm, toUm === null ? 'µm' : '')}`.trim(),
    toUm === null ? '' : `to ${settingText(toUm, 'µm')}`,
  ];
  return `${counted(inRange.length, 'particle')} of ${countText(shown.length)} ${range.filter(Boolean).join(' ')}.`;
}

interface SizeProps {
  readonly name: string;
  readonly value: number | null;
  readonly onChange: (um: number | null) => void;
}

function SizeField({ name, value, onChange }: SizeProps) {
  const field = useRef<HTMLInputElement>(null);
  // Written when the range changes by other means, never while somebody types.
  useLayoutEffect(() => {
    field.current!.value = value === null ? '' : String(value);
  }, [value]);
  return (
    <label>
      {name}, µm
      <input
        ref={field}
        class="size-input"
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        onChange={({ currentTarget }) => {
          const um = currentTarget.valueAsNumber;
          const size = um > 0 ? rounded(um) : null;
          currentTarget.value = size === null ? '' : String(size);
          onChange(size);
        }}
      />
    </label>
  );
}

function FilterField({ selection, choose, fault }: Pick<Props, 'selection' | 'choose'> & { fault: string }) {
  const [text, setText] = useState(selection.filter);
  useEffect(() => setText(selection.filter), [selection.filter]);
  return (
    <div class="filter">
      <label class="filter-label">
        Filter, as statistics.filter
        <input
          type="text"
          value={text}
          placeholder="circularity >= 0.8 and areaUm2 > 1"
          maxLength={500}
          spellcheck={false}
          autocapitalize="none"
          aria-invalid={fault === '' ? undefined : 'true'}
          aria-describedby="filter-fault"
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onChange={() => choose({ filter: text.trim() })}
          onKeyDown={({ key }) => key === 'Enter' && choose({ filter: text.trim() })}
        />
      </label>
      <small id="filter-fault" class="fault" role="alert">
        {fault}
      </small>
    </div>
  );
}
