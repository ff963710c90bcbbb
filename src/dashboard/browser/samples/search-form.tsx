import { useEffect, useRef } from 'preact/hooks';
import { verdicts } from '../../../statistics/decision.ts';
import { verdictText } from '../shell/figures.ts';
import type { Search } from './search.ts';

interface Props {
  readonly search: Search;
  /** Called with what changed, a moment after the last key. */
  readonly onChange: (change: Partial<Search>) => void;
}

const PAUSE_MS = 250;

type Word = 'query' | 'verdict' | 'from' | 'to' | 'd50MinUm' | 'd50MaxUm';

/** By what samples are found: label, verdict, dates, D50. */
export function SearchForm({ search, onChange }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);

  function read(): void {
    if (form.current === null || !form.current.checkValidity()) return;
    const data = new FormData(form.current);
    const word = (name: Word) => String(data.get(name) ?? '');
    const names: readonly Word[] = ['query', 'verdict', 'from', 'to', 'd50MinUm', 'd50MaxUm'];
    onChange(Object.fromEntries(names.map((name) => [name, word(name)])));
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
          <input type="search" name="query" value={search.query} maxLength={200} placeholder="part of it" />
        </label>
        <label>
          Verdict
          <select name="verdict" value={search.verdict}>
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
          <input type="date" name="from" value={search.from} />
        </label>
        <label>
          To
          <input type="date" name="to" value={search.to} />
        </label>
        <label>
          D50 from, µm
          <input
            type="number"
            name="d50MinUm"
            value={search.d50MinUm}
            min="0"
            step="any"
            inputMode="decimal"
          />
        </label>
        <label>
          D50 to, µm
          <input
            type="number"
            name="d50MaxUm"
            value={search.d50MaxUm}
            min="0"
            step="any"
            inputMode="decimal"
          />
        </label>
      </form>
    </search>
  );
}
