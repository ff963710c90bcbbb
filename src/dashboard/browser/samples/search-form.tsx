import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { verdicts } from '../../../statistics/decision.ts';
import { verdictText } from '../shell/figures.ts';
import type { Search } from './search.ts';

interface Props {
  readonly search: Search;
  /** Called with what changed, a moment after the last key. */
  readonly onChange: (change: Partial<Search>) => void;
}

const PAUSE_MS = 250;

const names = ['query', 'verdict', 'from', 'to', 'd50MinUm', 'd50MaxUm'] as const;
type Words = Pick<Search, (typeof names)[number]>;

/** By what samples are found: label, verdict, dates, D50. */
export function SearchForm({ search, onChange }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const told = useRef<Words | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The fields are the reader's: they are written when the address changes by other means, never while somebody types.
  useLayoutEffect(() => {
    if (names.every((name) => told.current?.[name] === search[name])) return;
    told.current = search;
    for (const name of names) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = search[name];
    }
  }, [search]);

  function read(): void {
    if (form.current === null || !form.current.checkValidity()) return;
    const data = new FormData(form.current);
    const word = (name: keyof Words) => String(data.get(name) ?? '').trim();
    const words = Object.fromEntries(names.map((name) => [name, word(name)])) as Words;
    told.current = words;
    onChange(words);
  }

  function readSoon(): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(read, PAUSE_MS);
  }

  return (
    <search>
      <form
        ref={form}
        class="search"
        onInput={readSoon}
        onSubmit={(event) => {
          event.preventDefault();
          clearTimeout(timer.current);
          read();
        }}
      >
        <label class="wide">
          Label
          <input type="search" name="query" maxLength={200} placeholder="part of it" />
        </label>
        <label>
          Verdict
          <select name="verdict">
            <option value="">Any</option>
            {verdicts.map((verdict) => (
              <option key={verdict} value={verdict}>
                {verdictText(verdict)}
              </option>
            ))}
          </select>
        </label>
        <label>
          From
          <input type="date" name="from" />
        </label>
        <label>
          To
          <input type="date" name="to" />
        </label>
        <label>
          D50 from, µm
          <input type="number" name="d50MinUm" min="0" step="any" inputMode="decimal" />
        </label>
        <label>
          D50 to, µm
          <input type="number" name="d50MaxUm" min="0" step="any" inputMode="decimal" />
        </label>
      </form>
    </search>
  );
}
