import type { Column } from '../../report/tables/column.ts';
import { type ComparedName, type ComparedRun, comparedNames } from './comparison.ts';

type Value = (run: ComparedRun) => string | number | boolean | null;

const SOURCE = 'docs/archives.md';

/** One row a run, each figure in A, in B, their relative difference, and whether B lies outside of A's interval. */
export const comparisonColumns: readonly Column<ComparedRun>[] = [
  column('sampleId', 'text', '', 'the sample in topics and folders', ({ sample }) => sample.id),
  column('sample', 'text', '', 'label as typed at the microscope', ({ sample }) => sample.label),
  column('runA', 'text', '', 'the run in A', ({ run }) => run.a),
  column('runB', 'text', '', 'the run in B that shows the same tiles', ({ run }) => run.b),
  column('modelsA', 'text', '', 'the networks that segmented it in A', ({ models }) => models.a.join(' ')),
  column('modelsB', 'text', '', 'the networks that segmented it in B', ({ models }) => models.b.join(' ')),
  column('tilesA', 'count', '1', 'tiles that count in A', ({ tiles }) => tiles.a),
  column('tilesB', 'count', '1', 'tiles that count in B', ({ tiles }) => tiles.b),
  column(
    'tilesBoth',
    'count',
    '1',
    'tiles that count in both: all figures are of these',
    ({ tiles }) => tiles.both,
  ),
  ...comparedNames.flatMap(figureColumns),
];

function figureColumns(name: ComparedName): Column<ComparedRun>[] {
  const unit = name === 'count' ? '1' : name.endsWith('Um2') ? 'um2' : 'um';
  const kind = name === 'count' ? 'count' : 'number';
  const figures = [
    column(`${name}A`, kind, unit, 'in A', ({ figures }) => figures[name].a),
    column(`${name}B`, kind, unit, 'in B', ({ figures }) => figures[name].b),
    column(`${name}Change`, 'number', '1', 'B / A - 1', ({ figures }) => figures[name].change),
  ];
  if (name === 'count') return figures;
  return [
    ...figures,
    column(
      `${name}Outside`,
      'truth',
      '',
      "whether B lies outside of A's 95 % interval; empty where there is none",
      ({ figures }) => figures[name].isOutside,
    ),
  ];
}

function column(
  name: string,
  kind: Column<ComparedRun>['kind'],
  unit: string,
  description: string,
  value: Value,
): Column<ComparedRun> {
  return { name, kind, unit, description, source: SOURCE, value };
}
