import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../../src/config/schema.ts';
import { composeNight } from '../../../../src/report/night/compose.ts';
import {
  type PictureSources,
  SAMPLES_IN_FULL,
  type UncertainParticle,
} from '../../../../src/report/night/draw.ts';
import { type NightMail, selfContained } from '../../../../src/report/night/mail.ts';
import { createMailer, mailSettings } from '../../../../src/report/night/mailer.ts';
import { nightReport } from '../../../../src/report/night/model.ts';
import { CROP_PX } from '../../../../src/report/particle-crop.ts';
import { contentHashOf } from '../../../../src/watcher/content-hash.ts';
import { exampleParticle } from '../../../store/examples.ts';
import { premises } from '../../../support/premises.ts';
import { writeSmallTile } from '../../../support/small-tile.ts';
import { smtp } from '../../../support/smtp.ts';
import { busyNight } from '../busy-night.ts';
import { factsOf, runOf } from '../nights.ts';

const nothing: PictureSources = { folderOf: () => null, uncertainOf: () => [] };
const busy = nightReport(busyNight());

/** What a reader sees without pictures: text, and alt texts in their place. */
function readable(html: string): string {
  return html
    .replaceAll(/<style>.*?<\/style>|<!--.*?-->/gs, '')
    .replaceAll(/<img[^>]*alt="([^"]*)"[^>]*>/g, ' $1 ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/\s+/g, ' ');
}

describe('the HTML of a night', () => {
  let mail: NightMail;
  beforeAll(async () => {
    mail = await composeNight(busy, nothing, 'particled');
  });

  it('says without pictures all that the plain text says', () => {
    const page = readable(mail.html);
    for (const { summary } of busy.samples) expect(page).toContain(summary.sample.label);
    for (const number of [
      '1.62 to 1.99',
      '5.85 to 7.15',
      '−26 %',
      '21 % uncertain',
      '118 GB of 480 GB',
      '0f4c8a1b',
    ])
      expect(page).toContain(number);
    expect(page).toContain('Sizes around D50 3.61 µm (3.25 to 3.97).');
    expect(page).toContain('outside their limits: 23 Nov');
  });

  it('lets no label become markup', () => {
    expect(mail.html).toContain('LiCoO2 900 °C &lt;batch 7&gt;');
    expect(mail.html).not.toContain('<batch');
    expect(mail.html).not.toContain('<script');
  });

  it('shows each picture that it brings, with words in its place, and no other', () => {
    const shown = [...mail.html.matchAll(/<img[^>]*>/g)].map(([image]) => image);
    const cids = shown.map((image) => /src="cid:([^"]+)"/.exec(image)?.[1]);
    expect(new Set(cids)).toEqual(new Set(mail.images.map(({ cid }) => cid)));
    for (const image of shown) expect(image).toMatch(/alt="[^"]{10,}"/);
    const page = selfContained(mail);
    expect(page).not.toContain('cid:');
    expect(page.match(/src="data:image\/png;base64,/g)).toHaveLength(shown.length);
  });

  it('stays under the 102 kB at which Gmail cuts, however many samples there are', async () => {
    const many = Array.from({ length: 3 * SAMPLES_IN_FULL }, (_, i) => runOf({ label: `LiCoO2 batch ${i}` }));
    const report = nightReport(factsOf(many));
    const { html, text } = await composeNight(report, nothing, 'particled');
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
    expect(readable(html)).toContain('LiCoO2 batch 29');
    expect(readable(html)).toContain(`The last ${2 * SAMPLES_IN_FULL} stand here`);
    expect(text.match(/all, by number/g)).toHaveLength(many.length);
  });

  it('says an empty night in three lines without any picture', async () => {
    const empty = await composeNight(nightReport(factsOf([])), nothing, 'particled');
    expect(empty.html.match(/<p /g)).toHaveLength(3);
    expect([...empty.images, ...empty.attachments]).toEqual([]);
  });
});

describe('the pictures of a sample', () => {
  it('are its mosaic and its most uncertain particles, cut from the tile where no overlay is', async () => {
    const { folder } = premises();
    const grey = { create: { width: 4000, height: 1500, channels: 3, background: '#808080' } } as const;
    await sharp(grey).jpeg().toFile(join(folder, 'mosaic-preview.jpg'));
    const path = writeSmallTile(folder);
    const particle: UncertainParticle = {
      particle: {
        ...exampleParticle(4),
        diameterEquivalentUm: 2.34,
        confidence: 0.21,
        boxPx: [28, 16, 4, 4],
      },
      ...{ overlayPath: join(folder, 'none.png'), path, databarHeightPx: 0 },
      contentHash: await contentHashOf(path),
    };
    const gone = { ...particle, path: join(folder, 'gone.tiff') };
    const sources = { folderOf: () => folder, uncertainOf: () => [particle, gone] };
    const mail = await composeNight(nightReport(factsOf([runOf({ label: 'powder' })])), sources, 'particled');
    const sizes = await Promise.all(
      mail.images
        .filter(({ contentType }) => contentType === 'image/jpeg')
        .map(({ bytes }) => sharp(bytes).metadata()),
    );
    // Twice the 560 px of the card, in the mosaic's shape; 288 px of a particle.
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [1120, 420],
      [CROP_PX, CROP_PX],
    ]);
    expect(readable(mail.html)).toContain('2.34 µm, confidence 21 %');
    expect(readable(mail.html)).toContain('The grid of 24 tiles: 900 certain particles outlined in green');
  });
});

describe('a night that is sent', () => {
  it('arrives with every picture and the table, as its reader will have it', async () => {
    const server = await smtp();
    const settings = mailSettings(
      configSchema.parse({
        mail: {
          ...{ host: '127.0.0.1', port: server.port, security: 'none' },
          ...{ from: 'phenom@lab.example', to: ['ada@lab.example'] },
        },
      }),
    );
    const mail = await composeNight(busy, nothing, 'particled');
    await createMailer(settings!).send(mail, '<night@lab.example>');
    const [arrived] = server.mails;
    expect(arrived?.subject).toBe('particled phenom-1, 23 Nov: 4 samples, 1 rejected, 2 need a look');
    expect(arrived?.text).toContain('LiCoO2 900 °C <batch 7>: rejected');
    const inline = arrived?.attachments.filter(({ related }) => related) ?? [];
    expect(inline.map(({ cid }) => cid)).toEqual(mail.images.map(({ cid }) => cid));
    for (const { content, cid } of inline) {
      expect(
        Buffer.compare(content, Buffer.from(mail.images.find((image) => image.cid === cid)!.bytes)),
      ).toBe(0);
    }
    const table = arrived?.attachments.find(({ filename }) => filename === 'night-2026-11-23.csv');
    expect(table?.content.toString()).toBe(mail.attachments[0]?.text);
  });
});
