import { z } from 'zod';

export const chartNames = ['size-distribution', 'size-shape', 'comparison'] as const;

/** `GET /api/v1/runs/:sampleId/:run/charts/:name` takes these. */
export const chartQuerySchema = z.strictObject({
  theme: z.enum(['light', 'dark']).default('light'),
  widthPx: z.coerce.number().int().min(280).max(1600).default(640),
  with: z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(z.string().max(300)).max(5))
    .default([])
    .describe('comparison: other runs, each as `sampleId/run`, in the order of their colours'),
});

/** A chart of the report for whoever draws it: Vega-Lite, exactly as large as its frame. */
export const chartSchema = z.strictObject({
  spec: z.record(z.string(), z.unknown()).describe('Vega-Lite'),
  alt: z.string().describe('what it shows, as a sentence with the numbers'),
  plotWidthPx: z.number().describe('of the plots without the room around them'),
  plotHeightPx: z.number(),
  paddingPx: z.strictObject({ left: z.number(), right: z.number(), top: z.number(), bottom: z.number() }),
  sizes: z
    .strictObject({ lowUm: z.number(), highUm: z.number() })
    .describe('what the logarithmic axis of sizes reaches over the width of the plots'),
});
export type ChartAnswer = z.infer<typeof chartSchema>;

/** The answer: null and why where there is nothing to draw. */
export const chartReplySchema = z.strictObject({
  chart: chartSchema.nullable(),
  reason: z.string().nullable(),
});
export type ChartReply = z.infer<typeof chartReplySchema>;
