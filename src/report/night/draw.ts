import { join } from 'node:path';
import sharp from 'sharp';
import type { Particle } from '../../measure/particle.ts';
import { sizesOf } from '../../statistics/published-sizes.ts';
import { controlChart } from '../charts/control-chart.ts';
import type { Chart } from '../charts/draw-chart.ts';
import type { Theme } from '../charts/palette.ts';
import { sparkline } from '../charts/sparkline.ts';
import { counted, figureText, percentText } from '../figure-text.ts';
import { openPicture } from '../open-picture.ts';
import type { PictureSource } from '../overlay-picture.ts';
import { particleCrop } from '../particle-crop.ts';
import { INNER_WIDTH_PX } from './html/parts.ts';
import type { NightReport, NightSample } from './model.ts';
import type { NightPictures, ParticlePicture, Picture, SamplePictures, ThemedPicture } from './pictures.ts';
import { CONTROL_SAMPLES_MIN } from './uncertain-control.ts';
import { shortDate } from './view/local-text.ts';
import { localDateOf } from './zoned-time.ts';

/** A particle to be shown. */
export interface UncertainParticle extends PictureSource {
  readonly particle: Particle;
}

/** Where the pictures of a sample come from. */
export interface PictureSources {
  /** Folder of the sample's files; null where none are written. */
  folderOf(sample: NightSample): string | null;
  /** Its most uncertain particles, most uncertain first. */
  uncertainOf(sample: NightSample): readonly UncertainParticle[];
}

/** So many samples are shown in full: a mail of more than about 100 kB of HTML is cut off by some clients. */
export const SAMPLES_IN_FULL = 10;

/** Narrow, so that its letters can be read on a phone too. */
const CONTROL_WIDTH_PX = 400;
const SPARKLINE_HEIGHT_PX = 56;
const CROP_WIDTH_PX = 176;
/** Pictures are stored at twice the size at which they are shown. */
const SCALE = 2;

/** Draws all pictures of the mail: a second or so of all cores. */
export async function drawNight(report: NightReport, sources: PictureSources): Promise<NightPictures> {
  const samples = new Map<number, SamplePictures>();
  for (const sample of report.samples.slice(0, SAMPLES_IN_FULL)) {
    samples.set(sample.runId, await drawSample(sample, sources));
  }
  const isUsualKnown = report.control.length >= CONTROL_SAMPLES_MIN;
  return { samples, control: samples.size > 0 && isUsualKnown ? await drawControl(report) : null };
}

async function drawSample(sample: NightSample, sources: PictureSources): Promise<SamplePictures> {
  const sizes = sizesOf(sample.summary.statistics.all);
  const folder = sources.folderOf(sample);
  const name = `run-${sample.runId}`;
  return {
    distribution:
      sizes &&
      (await themed(`sizes-${name}`, (theme) =>
        sparkline(
          { edgesUm: sizes.histogram.edges, shares: sizes.histogram.shares, d50: sizes.d50 },
          theme,
          INNER_WIDTH_PX,
          SPARKLINE_HEIGHT_PX,
        ),
      )),
    mosaic: folder === null ? null : await mosaicPicture(join(folder, 'mosaic-preview.jpg'), name, sample),
    particles: await particlePictures(sources.uncertainOf(sample), name),
  };
}

function drawControl({ control, timeZone }: NightReport): Promise<ThemedPicture> {
  const samples = control.map(({ finishedAt, uncertainCount, particleCount }) => ({
    name: shortDate(localDateOf(finishedAt, timeZone)),
    uncertainCount,
    particleCount,
  }));
  return themed('uncertain', (theme) => controlChart(samples, theme, CONTROL_WIDTH_PX));
}

async function themed(name: string, draw: (theme: Theme) => Promise<Chart>): Promise<ThemedPicture> {
  const [light, dark] = await Promise.all(
    (['light', 'dark'] as const).map(async (theme): Promise<Picture> => {
      const { png, widthPx, heightPx, alt } = await draw(theme);
      return { cid: cidOf(`${name}-${theme}`), contentType: 'image/png', bytes: png, widthPx, heightPx, alt };
    }),
  );
  return { light: light!, dark: dark! };
}

/** Null where the file is not there, as without a report folder. */
async function mosaicPicture(file: string, name: string, { summary }: NightSample): Promise<Picture | null> {
  try {
    const { data, info } = await openPicture(file)
      .resize({ width: SCALE * INNER_WIDTH_PX, height: SCALE * INNER_WIDTH_PX, fit: 'inside' })
      .jpeg({ quality: 70 })
      .toBuffer({ resolveWithObject: true });
    const { tiles, certain, uncertain } = summary.statistics;
    return {
      cid: cidOf(`mosaic-${name}`),
      contentType: 'image/jpeg',
      bytes: data,
      widthPx: Math.round(info.width / SCALE),
      heightPx: Math.round(info.height / SCALE),
      alt: `The grid of ${counted(tiles, 'tile')}: ${counted(certain.count, 'certain particle')} outlined in green, ${counted(uncertain.count, 'uncertain one')} in red.`,
    };
  } catch {
    return null;
  }
}

async function particlePictures(
  particles: readonly UncertainParticle[],
  name: string,
): Promise<ParticlePicture[]> {
  const pictures = await Promise.all(
    particles.map(async ({ particle, ...source }, i): Promise<ParticlePicture | null> => {
      const png = await particleCrop(source, particle);
      if (png === null) return null;
      const { diameterEquivalentUm, confidence } = particle;
      return {
        cid: cidOf(`particle-${i + 1}-${name}`),
        contentType: 'image/jpeg',
        bytes: await sharp(png).jpeg({ quality: 78 }).toBuffer(), // a quarter of the PNG
        widthPx: CROP_WIDTH_PX,
        heightPx: CROP_WIDTH_PX,
        alt: 'Particle of least confidence.',
        caption: `${figureText(diameterEquivalentUm, 'µm')}, confidence ${percentText(confidence)}`,
      };
    }),
  );
  return pictures.filter((picture) => picture !== null);
}

function cidOf(name: string): string {
  return `${name}@particled`;
}
