import type { TopLevelSpec } from 'vega-lite';

/** One layer of a plot, and a plot of several that stands among others. */
export type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];
export type Plot = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'][number];

/** A place in pixels from the plot's upper left corner; outside of it, too. */
export function atPx(field: string) {
  return { field, type: 'quantitative' as const, scale: null };
}

export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Text at places in pixels, by its middle height. */
export function textLayer(
  values: readonly PlacedText[],
  style: {
    readonly color: string;
    readonly fontWeight?: 400 | 600;
    readonly align?: 'left' | 'center' | 'right';
    readonly fontSize?: number;
  },
): Layer {
  return {
    data: { values: values.map((value) => ({ ...value })) },
    mark: { type: 'text', align: 'left', baseline: 'middle', ...style },
    encoding: { x: atPx('x'), y: atPx('y'), text: { field: 'text', type: 'nominal' } },
  };
}
