import { describe, expect, it } from 'vitest';
import { nightHtml } from '../../src/report/night/html/page.ts';
import { nightReport } from '../../src/report/night/model.ts';
import { nightText } from '../../src/report/night/plain-text.ts';
import { reportPage } from '../../src/report/sample/report-page.ts';
import { sampleCharts } from '../../src/report/sample/sample-charts.ts';
import type { SampleSummary } from '../../src/report/sample/sample-summary.ts';
import { decisionOf } from '../../src/statistics/decision.ts';
import type { Estimate } from '../../src/statistics/size-statistics.ts';
import { factsOf, summaryOf } from './night/nights.ts';
import { pictureless } from './sample/pictureless.ts';

/** A number as it stands in a text, and its unit where one follows. */
interface Told {
  readonly text: string;
  readonly value: number;
  readonly places: number;
  readonly unit: string;
}

function numbersIn(text: string): Told[] {
  return [
    ...text.matchAll(/(?<![\w.])(\d[\d,]*(?:\.\d+)?)(?![\w.]*[\w])(?: (µm²|µm|mm²|mm|nm|kV|ns|TB|GB|%))?/gu),
  ].map(([, digits = '', unit = '']) => ({
    text: digits,
    value: Number(digits.replaceAll(',', '')),
    places: digits.split('.')[1]?.length ?? 0,
    unit,
  }));
}

/** Pairs of one unit, or of µm that a heading says, of which one is the other rounded, as 5.3 of 5.27, or with other zeros, as 5.3 of 5.30. */
function toldInTwoWays(text: string): string[] {
  const told = [...new Map(numbersIn(text).map((one) => [`${one.text} ${one.unit}`, one])).values()];
  return told.flatMap((short) =>
    told
      .filter(
        (long) =>
          long.places > short.places &&
          (short.places > 0 || short.unit !== '') &&
          (long.unit === short.unit || long.unit + short.unit === 'µm') &&
          Math.abs(long.value - short.value) <= 0.5 * 10 ** -short.places,
      )
      .map((long) => `${short.text} ${short.unit} and ${long.text} ${long.unit}`),
  );
}

function textOf(html: string): string {
  const alts = [...html.matchAll(/alt="([^"]*)"/g)].map(([, alt]) => alt);
  const body = html.replace(/<style>.*?<\/style>/gs, ' ').replace(/<code>.*?<\/code>/gs, ' ');
  return [body.replace(/<[^>]*>/g, ' '), ...alts].join(' ').replaceAll('&nbsp;', ' ').replace(/\s+/g, ' ');
}

/** Every estimate of the statistics with an uneven value of its own, so that no two figures look alike by chance. */
function uneven(statistics: SampleSummary['statistics']): SampleSummary['statistics'] {
  let step = 0;
  const changed = (value: unknown): unknown => {
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
    if ('low95' in value) {
      step += 1;
      const size = 1.5273 * 1.0614 ** step;
      return { value: size, low95: size * 0.93714, high95: size * 1.07193 } satisfies Estimate;
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, changed(part)]));
  };
  return changed(statistics) as SampleSummary['statistics'];
}

// No spot size: one decimal is what the instrument writes.
const whole = summaryOf({ label: 'powder', d50: 5.2731, count: 1234, uncertain: 147 });
const summary: SampleSummary = {
  ...whole,
  acquisition: { ...whole.acquisition, spotSize: null },
  statistics: {
    ...uneven(whole.statistics),
    border: { method: 'join', cut: 211, joined: 68, diameterD50Shift: 0.0312 },
    detectionLimit: {
      ...{ diameterUm: 1.7634, recall: 0.5, figuresBelow: ['all.diameterEquivalentUm.d10'] },
    },
    warnings: [{ code: 'below-detection-limit', message: 'all.diameterEquivalentUm.d10 under 1.76 um' }],
  },
};
const { d50 } = summary.statistics.all.diameterEquivalentUm!;
const decided: SampleSummary = {
  ...summary,
  decision: decisionOf(
    summary.statistics,
    { d50Um: { min: 1.1, max: 9.4 }, probability: 0.95 },
    { tilesMin: 8, reimage: 0, filling: false },
  ),
};

async function pageAndMail(): Promise<{ page: string; mail: string; text: string }> {
  const charts = await sampleCharts(decided, [], 1.6);
  const page = reportPage({ summary: decided, imaged: null, charts, mosaic: null, ...pictureless(decided) });
  const run = { runId: 1, summary: decided, finishedAt: new Date(decided.at) };
  const report = nightReport(factsOf([run]));
  const pictures = {
    samples: new Map([[1, { distribution: null, mosaic: null, particles: [] }]]),
    control: null,
  };
  return { page, mail: nightHtml(report, pictures, 'night'), text: nightText(report) };
}

describe('a number', () => {
  it('counts as told in two ways where one is the other rounded, or with other zeros', () => {
    expect(toldInTwoWays('D50 5.3 µm, which is 5.27 µm (5.02 to 5.53)')).toEqual(['5.3 µm and 5.27 µm']);
    expect(toldInTwoWays('5.3 µm or 5.30')).toEqual(['5.3 µm and 5.30 ']);
    expect(toldInTwoWays('5.27 µm by 5.3 %, 24 tiles of 24.1')).toEqual([]);
  });

  it('is told in one way on a whole page, in the mail, and in both', async () => {
    const { page, mail, text } = await pageAndMail();
    const all = [textOf(page), textOf(mail), text].join(' ');
    expect(numbersIn(all).length).toBeGreaterThan(150);
    expect(all.split(`${d50.value.toPrecision(3)} µm`).length).toBeGreaterThan(8);
    expect(toldInTwoWays(all)).toEqual([]);
    // Thousands are set apart everywhere: no bare 1234 beside 1,234.
    expect(all).toContain('1,234 particles');
    expect(all.match(/(?<![\w.,:-])(?!20\d\d\b)\d{4,}(?![\w.])/g)).toBeNull();
  }, 60_000);
});
