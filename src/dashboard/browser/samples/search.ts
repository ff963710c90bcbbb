/** What is looked for, as the address holds it; empty texts look for everything. */
export interface Search {
  readonly query: string;
  readonly verdict: string;
  readonly from: string;
  readonly to: string;
  readonly d50MinUm: string;
  readonly d50MaxUm: string;
  readonly offset: number;
  /** The label of which the trend is shown. */
  readonly trend: string;
}

export const PAGE_LENGTH = 25;

const words = ['query', 'verdict', 'from', 'to', 'd50MinUm', 'd50MaxUm', 'trend'] as const;

/** What an address looks for; what cannot be looked for is left out. */
export function searchOf(query: Readonly<Record<string, string>>): Search {
  const offset = Number(query.offset);
  const given = Object.fromEntries(words.map((word) => [word, query[word] ?? ''])) as Omit<Search, 'offset'>;
  return { ...given, offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0 };
}

/** The address of the page with this search. */
export function searchAddress(search: Search): string {
  const text = parametersOf(search, words).toString();
  return text === '' ? '/samples' : `/samples?${text}`;
}

/** The path below the API that answers the search. */
export function searchPath(search: Search): string {
  const parameters = parametersOf(
    search,
    words.filter((word) => word !== 'trend'),
  );
  parameters.set('limit', String(PAGE_LENGTH));
  return `runs?${parameters}`;
}

/** Whether anything narrows the list. */
export function isNarrowed(search: Search): boolean {
  return words.some((word) => word !== 'trend' && search[word] !== '');
}

function parametersOf(search: Search, asked: readonly (typeof words)[number][]): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const word of asked) if (search[word].trim() !== '') parameters.set(word, search[word].trim());
  if (search.offset > 0) parameters.set('offset', String(search.offset));
  return parameters;
}
