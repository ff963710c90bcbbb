import type { FigureUnit } from '../../../../report/figure-text.ts';
import type { Estimate } from '../../../../statistics/size-statistics.ts';
import { countText, figureText, intervalText, percentText } from '../../shell/figures.ts';
import {
  type ComparedStatistics,
  comparedFigures,
  type Difference,
  differenceFrom,
  gapText,
} from './compared-figures.ts';
import type { Compared } from './compared-runs.ts';

interface Props {
  readonly here: ComparedStatistics;
  readonly compared: readonly Compared[];
}

/** Figures side by side with their intervals, and how the others differ from this sample. */
export function CompareTable({ here, compared }: Props) {
  const known = compared.flatMap(({ statistics, ...one }) => (statistics ? [{ ...one, statistics }] : []));
  return (
    <div class="scrolled">
      <table>
        <caption class="hidden-visually">Figures of the compared samples</caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">This sample</th>
            {known.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparedFigures.map(({ name, unit, of }) => {
            const own = of(here);
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{own ? <Figure figure={own} unit={unit} /> : '–'}</td>
                {known.map(({ key, statistics, isApart }) => {
                  const other = of(statistics);
                  return (
                    <td key={key}>
                      {other ? <Figure figure={other} unit={unit} /> : '–'}
                      {own && other && (
                        <Gap gap={differenceFrom(own, other, isApart)} here={own} unit={unit} />
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          <tr>
            <th scope="row">Particles</th>
            {[here, ...known.map(({ statistics }) => statistics)].map(({ all }, at) => (
              // Columns have no other name than their place.
              <td key={at}>{countText(all.count)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">Uncertain</th>
            {[here, ...known.map(({ statistics }) => statistics)].map(({ all, uncertain }, at) => (
              // Columns have no other name than their place.
              <td key={at}>{all.count === 0 ? '–' : percentText(uncertain.count / all.count)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <p class="faint">
        With 95 % intervals. A difference is set in bold where its interval leaves zero out; between revisions
        of one run, which share their tiles, it has none.
      </p>
    </div>
  );
}

function Figure({ figure, unit }: { readonly figure: Estimate; readonly unit: FigureUnit }) {
  const interval = intervalText(figure);
  return (
    <>
      {figureText(figure.value, unit)}
      {interval !== null && <small>{interval}</small>}
    </>
  );
}

function Gap({
  gap,
  here,
  unit,
}: {
  readonly gap: Difference;
  readonly here: Estimate;
  readonly unit: FigureUnit;
}) {
  const { difference, interval } = gapText(gap, here, unit);
  return (
    <small class="gap">
      {gap.isClear ? <strong>{difference}</strong> : difference}
      {interval}
    </small>
  );
}
