/** How long files are kept. */
import { z } from 'zod';

const days = z.number().min(1).max(36_500).nullable();
const gigabytes = z.number().min(0.01).max(1_000_000).nullable();

export const retentionSchema = z.strictObject({
  overlaysDays: days
    .default(null)
    .describe(
      'Outlines and pictures of tiles, and the zoomable picture of the grid, are deleted after so many days, 1 to 36,500; null: never.',
    ),
  overlaysGb: gigabytes
    .default(100)
    .describe(
      'They take this many gigabytes at most, the oldest samples are deleted first; 0.01 to 1,000,000; null: no limit.',
    ),
  reportsDays: days
    .default(null)
    .describe(
      'The whole folder of a sample is deleted after so many days, 1 to 36,500; null: never. Its figures stay in the database.',
    ),
  reportsGb: gigabytes
    .default(null)
    .describe(
      'Folders of samples take this many gigabytes at most, outlines too, the oldest are deleted first; 0.01 to 1,000,000; null: no limit.',
    ),
  rowsDays: days
    .default(null)
    .describe(
      'Particles in the database are deleted so many days after their run has ended, 1 to 36,500; null: never. Its summary stays; no report, table or revision can be made of it any more.',
    ),
});
