/** Which particles are meant by the model's doubt. */
export const showings = ['all', 'certain', 'uncertain'] as const;
export type Showing = (typeof showings)[number];

/** Where the picture is looked at: its centre as shares of the grid's width and height, and how often it is enlarged. */
export interface View {
  readonly x: number;
  readonly y: number;
  /** 1 where the whole grid is as wide as the picture. */
  readonly zoom: number;
}

/** What is chosen on the page of a sample; the address holds all of it, so that a link shows the same. */
export interface Selection {
  /** Number of the particle whose card is open. */
  readonly particle: number | null;
  /** Content hash of the tile that is looked at. */
  readonly tile: string | null;
  readonly show: Showing;
  /** Of the published diameter, in µm; null where the range is open. */
  readonly fromUm: number | null;
  readonly toUm: number | null;
  /** As statistics.filter; '' for none. */
  readonly filter: string;
  /** What it is compared with: `sample/run`, or `sample/run@revision` of an older revision. */
  readonly compare: readonly string[];
  readonly view: View | null;
}

export const nothingSelected: Selection = {
  particle: null,
  tile: null,
  show: 'all',
  fromUm: null,
  toUm: null,
  filter: '',
  compare: [],
  view: null,
};

/** More curves than these cannot be told apart. */
export const COMPARED_MAX = 5;
const FILTER_LETTERS_MAX = 500;

/** What an address says; what is no selection in it is taken for nothing, as a link may have been typed. */
export function selectionOf(search: string): Selection {
  const given = new URLSearchParams(search);
  const [from, to] = [positive(given.get('from')), positive(given.get('to'))];
  const isTurned = from !== null && to !== null && from > to;
  return {
    particle: whole(given.get('particle')),
    tile: /^[0-9a-f]{64}$/.test(given.get('tile') ?? '') ? given.get('tile') : null,
    show: showings.find((one) => one === given.get('show')) ?? 'all',
    fromUm: isTurned ? to : from,
    toUm: isTurned ? from : to,
    filter: (given.get('filter') ?? '').slice(0, FILTER_LETTERS_MAX),
    compare: [...new Set(given.getAll('compare'))]
      .filter((one) => comparedRun(one) !== null)
      .slice(0, COMPARED_MAX),
    view: viewOf(given.get('view')),
  };
}

/** The way back: '' where nothing is chosen, else with its question mark. */
export function searchOf(selection: Selection): string {
  const { particle, tile, show, fromUm, toUm, filter, compare, view } = selection;
  const said = new URLSearchParams();
  if (particle !== null) said.set('particle', String(particle));
  if (tile !== null) said.set('tile', tile);
  if (show !== 'all') said.set('show', show);
  if (fromUm !== null) said.set('from', String(fromUm));
  if (toUm !== null) said.set('to', String(toUm));
  if (filter !== '') said.set('filter', filter);
  for (const one of compare) said.append('compare', one);
  if (view) said.set('view', [view.x.toFixed(4), view.y.toFixed(4), rounded(view.zoom)].join(','));
  const text = said.toString();
  return text === '' ? '' : `?${text}`;
}

/** A run to compare with, by its ids; the revision is null for the latest. */
export interface ComparedRun {
  readonly sampleId: string;
  readonly run: string;
  readonly revision: number | null;
}

export function comparedRun(text: string): ComparedRun | null {
  const match = /^(?<sampleId>[^/@]+)\/(?<run>[^/@]+)(?:@(?<revision>[1-9]\d*))?$/.exec(text);
  if (!match?.groups) return null;
  const { sampleId = '', run = '', revision } = match.groups;
  return { sampleId, run, revision: revision === undefined ? null : Number(revision) };
}

/** Sizes as they are written in addresses and fields: three significant digits, which is as fine as a pointer points. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

export function isInRange(um: number, { fromUm, toUm }: Pick<Selection, 'fromUm' | 'toUm'>): boolean {
  return (fromUm === null || um >= fromUm) && (toUm === null || um <= toUm);
}

export function hasRange({ fromUm, toUm }: Pick<Selection, 'fromUm' | 'toUm'>): boolean {
  return fromUm !== null || toUm !== null;
}

function positive(text: string | null): number | null {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value > 0 ? value : null;
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function viewOf(text: string | null): View | null {
  const [x, y, zoom, ...more] = (text ?? '').split(',').map((one) => (one === '' ? Number.NaN : Number(one)));
  if (x === undefined || y === undefined || zoom === undefined || more.length > 0) return null;
  const isInside = x >= 0 && x <= 1 && y >= 0 && y <= 1 && zoom > 0 && Number.isFinite(zoom);
  return isInside ? { x, y, zoom } : null;
}
