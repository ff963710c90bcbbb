import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/schema.ts';
import type { Requests, Results } from '../publish/command-kinds.ts';
import { topicSegment } from '../publish/topics.ts';
import { configuredGoals } from '../run/assessment.ts';
import type { Store } from '../store/database.ts';
import { type Expectation, nothingExpected, type Remarks } from '../store/expectation.ts';
import { words } from './words.ts';

/**
 * Keeps what is said of a sample over what was said before, for its filling runs and all later ones; gives what
 * counts from now on.
 */
export function expectation(
  config: Config,
  { expectations, runs }: Pick<Store, 'expectations' | 'runs'>,
  request: Requests['expect'],
): Results['expect'] {
  const { sample, clear = false } = request;
  const id = topicSegment(sample);
  const before = expectations.get(id);
  const expected = {
    ...(clear ? nothingExpected : before),
    ...gridIn(request),
    ...goalIn(request),
    ...remarksIn(request),
  };
  if (isDeepStrictEqual(expected, nothingExpected)) expectations.forget(id);
  else expectations.put(id, expected);
  const isOther = (key: keyof Expectation) => !isDeepStrictEqual(expected[key], before[key]);
  for (const run of runs.ofSample(id)) {
    if (run.state !== 'filling') continue;
    if (isOther('precision')) runs.forgetSufficient(run.id);
    if (isOther('operator') || isOther('note')) runs.forgetRemarks(run.id);
  }
  return { sample: { id, label: sample }, expected, inForce: inForce(expected, config) };
}

/** Rows and columns, or a number of tiles: each takes the place of the other. */
function gridIn({ rows, columns, tiles }: Requests['expect']): Partial<Expectation> {
  if (rows !== undefined && columns !== undefined) return { rows, columns, tiles: null };
  return tiles === undefined ? {} : { rows: null, columns: null, tiles };
}

function goalIn({ target, precision }: Requests['expect']): Partial<Expectation> {
  return { ...(target && { target }), ...(precision && { precision }) };
}

/** Nothing said leaves what was said; an empty text takes it back. */
function remarksIn({ operator, note }: Requests['expect']): Partial<Remarks> {
  return {
    ...(operator !== undefined && { operator: words(operator) }),
    ...(note !== undefined && { note: words(note) }),
  };
}

/** The configuration counts where the sample's expectation says nothing. */
function inForce(expected: Expectation, config: Config): Expectation {
  const configured = configuredExpectation(config);
  const grid = expected.rows === null && expected.tiles === null ? configured : expected;
  return {
    rows: grid.rows,
    columns: grid.columns,
    tiles: grid.tiles,
    target: expected.target ?? configured.target,
    precision: expected.precision ?? configured.precision,
    operator: expected.operator,
    note: expected.note,
  };
}

/** What counts for a sample of which nobody said anything. */
export function configuredExpectation(config: Pick<Config, 'grid' | 'precision' | 'target'>): Expectation {
  const { precision, target } = configuredGoals(config);
  const { relativeHalfWidth } = precision;
  const { rows, columns } = config.grid;
  return { rows, columns, tiles: null, target, precision: { relativeHalfWidth }, operator: null, note: null };
}
