import { z } from 'zod';
import { dashboardSchema } from '../config/dashboard.ts';
import { imagingSchema } from '../config/imaging.ts';
import { shadowSchema } from '../config/shadow.ts';

/** What the daemon says to the process of the live page as it starts it. Of secrets it names but the files. */
export const dashboardSettings = z.strictObject({
  storeFile: z.string().describe('of the daemon, which is there'),
  exportFolder: z.string().describe('in which tiles lie'),
  picturesFolder: z.string().describe('where pictures for browsers are kept, and may be lost'),
  reportFolder: z.string().nullable().describe('in which files of samples lie'),
  pyramidFreeGb: z.number().describe('pyramids of grids are not made with less gigabytes free there'),
  grid: z
    .strictObject({ rows: z.int(), columns: z.int() })
    .nullable()
    .describe('expected of a sample that nothing else is expected of'),
  imaging: imagingSchema.describe('when a tile is left out'),
  shadow: shadowSchema.describe('the model on probation'),
  page: dashboardSchema.extend({ port: z.int() }),
});
export type DashboardSettings = z.infer<typeof dashboardSettings>;
