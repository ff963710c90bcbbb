import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError, ModelError, UnusableFileError } from '../../src/errors.ts';
import { loadModel, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { CommandRefusedError, commandKinds, verbs } from '../../src/publish/command-kinds.ts';
import { checked, readRequest } from '../../src/publish/command-request.ts';
import { commandExamples } from '../../src/publish/schema/command-examples.ts';
import { readPixels } from '../../src/watcher/image/pixels.ts';
import { parseFeiImage } from '../../src/watcher/metadata/fei-image.ts';
import { readTile } from '../../src/watcher/read-tile.ts';
import { buildBmp } from '../watcher/bmp-builder.ts';
import { feiXml } from '../watcher/fei-xml.ts';
import { buildPng, iTxt, tExt, zTxt } from '../watcher/png-builder.ts';
import { buildTiff } from '../watcher/tiff-builder.ts';

/** A reader of foreign input. */
export interface FuzzTarget {
  readonly seeds: readonly Buffer[];
  /** Words that the format knows, to be thrown in. */
  readonly words: readonly string[];
  /** @param folder is the target's own */
  readonly read: (bytes: Buffer, folder: string) => Promise<void> | void;
  /** The one way to refuse; whatever else is thrown is a fault of ours. */
  readonly refusal: new (
    ...given: never[]
  ) => Error;
}

/** 16 x 8 px of two greys. */
const JPEG = Buffer.from(
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAIABABAREA' +
    '/8QAFQABAQAAAAAAAAAAAAAAAAAABgf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/ACaoP//Z',
  'base64',
);

const xmlWords = [
  '<!DOCTYPE',
  '<!ENTITY a "',
  '&#x0;',
  '&amp;',
  '<![CDATA[',
  ']]>',
  '<?',
  '<!--',
  '__proto__',
  'unit="m"',
  '/>',
];

export const fuzzTargets: Readonly<Record<string, FuzzTarget>> = {
  xml: {
    seeds: [
      feiXml(),
      feiXml({ label: 'a &lt; b &#233;', displayWidth: '<displayWidth>0.5</displayWidth>' }),
      feiXml({ more: '<acquisition><scan><dwellTime unit="ns">100</dwellTime></scan></acquisition>' }),
    ].map((text) => Buffer.from(text)),
    words: xmlWords,
    read: (bytes) => {
      parseFeiImage(bytes.toString('utf8'), 'tile.tiff', { widthPx: 64, heightPx: 48 }, 0.5);
    },
    refusal: UnusableFileError,
  },
  tiff: {
    seeds: [
      buildTiff({ xml: feiXml() }),
      buildTiff({ xml: feiXml(), byteOrder: 'big', xmlFirst: true, bitsPerSample: 16 }),
      buildTiff({ samplesPerPixel: 3 }),
      buildTiff({ pages: 3, xml: feiXml() }),
    ].map(({ bytes }) => bytes),
    words: ['II*\0', 'MM\0*', ...xmlWords],
    read: (bytes, folder) => readImage(bytes, join(folder, 'tile.tiff'), folder),
    refusal: UnusableFileError,
  },
  png: {
    seeds: [
      buildPng({ early: [tExt('34683', feiXml())] }),
      buildPng({ late: [zTxt('34683', feiXml())], bitDepth: 16 }),
      buildPng({ early: [iTxt('34683', feiXml(), true)] }),
    ],
    words: ['IHDR', 'IDAT', 'IEND', 'tEXt', 'zTXt', 'iTXt', 'acTL', '34683\0', ...xmlWords],
    read: (bytes, folder) => readImage(bytes, join(folder, 'tile.png'), folder),
    refusal: UnusableFileError,
  },
  jpeg: {
    seeds: [Buffer.concat([JPEG, Buffer.from(feiXml())]), JPEG],
    words: ['\xff\xd8\xff', '\xff\xd9', '\xff\xda', '\xff\xc0', '\xff\xfe', '<FeiImage', '</FeiImage>'],
    read: (bytes, folder) => readImage(bytes, join(folder, 'tile.jpg'), folder),
    refusal: UnusableFileError,
  },
  bmp: {
    seeds: [8, 24, 32].map((bitsPerPixel) =>
      Buffer.concat([
        buildBmp({ widthPx: 3, values: [0, 50, 100, 150, 200, 250], bitsPerPixel }),
        Buffer.from(feiXml()),
      ]),
    ),
    words: ['BM', '<FeiImage', '</FeiImage>'],
    read: (bytes, folder) => readImage(bytes, join(folder, 'tile.bmp'), folder),
    refusal: UnusableFileError,
  },
  makers: {
    seeds: [
      '[Scan]\r\nPixelWidth=2.5e-008\r\nPixelHeight=2.5e-008\r\n[Image]\r\nResolutionX=20\r\nResolutionY=14\r\n',
      'AP_IMAGE_PIXEL_SIZE\r\nImage Pixel Size = 12.3 nm\r\nDP_IMAGE_STORE\r\nStore resolution = 20 * 16\r\n',
      'ImageJ=1.54f\nunit=micron\n',
      '<OME><Image><Pixels SizeX="20" SizeY="16" PhysicalSizeX="1" PhysicalSizeY="1"/></Image></OME>',
      '[SemImageFile]\r\nDataSize=20x14\r\nPixelSize=24.8\r\nStagePositionX=5\r\n',
      '$CM_FULL_SIZE 20 14\n$$SM_MICRON_BAR 160\n$$SM_MICRON_MARKER 10um\n',
      '{"pixelSizeNm": 10, "stagePositionUm": {"x": 0, "y": 0}}',
    ].map((text) => Buffer.from(text)),
    words: [
      '=',
      '[',
      ']',
      '\r\n',
      '1e308',
      '-1',
      ' nm',
      '__proto__',
      '/PixelWidth',
      '\0',
      '\xb5m',
      '\xff\xfe',
    ],
    read: readMakers,
    refusal: UnusableFileError,
  },
  mqtt: {
    seeds: verbs.map((verb, index) =>
      Buffer.concat([Buffer.of(index), Buffer.from(JSON.stringify(commandExamples[verb].request))]),
    ),
    words: [
      '"__proto__":',
      '"responseTopic":"',
      'particled/',
      '#',
      '1e999',
      'null',
      '\\ud800',
      '[[[[',
      '"at":"',
      '-1',
      '2026-13-40',
    ],
    read: readCommand,
    refusal: CommandRefusedError,
  },
  configuration: {
    seeds: [
      readFileSync(new URL('../../config/default.yaml', import.meta.url)),
      Buffer.from('watch:\n  folder: /srv\ngrid: { rows: 2, columns: 3 }\nmail:\n  to: [a@b.example]\n'),
    ],
    words: [
      '&a ',
      '*a',
      '<<: *a\n',
      '!!js/function',
      '? ',
      '- ',
      '|\n',
      '>-\n',
      '.nan',
      '.inf',
      '~',
      '__proto__: 1\n',
      'mqtt:\n',
      '%YAML 1.1\n---\n',
    ],
    read: (bytes, folder) => {
      const file = join(folder, 'config.yaml');
      writeFileSync(file, bytes);
      loadConfig(file, {});
    },
    refusal: ConfigError,
  },
  manifest: {
    seeds: ['low', 'high'].map((name) => readFileSync(join(packagedModelsFolder, name, 'manifest.json'))),
    words: ['"__proto__":', '"file":"../', '"sha256":"', '1e999', '-1', 'null', '[]', '{}', '\\u0000'],
    read: async (bytes, folder) => {
      const model = join(folder, 'model');
      mkdirSync(model, { recursive: true });
      writeFileSync(join(model, 'manifest.json'), bytes);
      writeFileSync(join(model, 'model.onnx'), 'no network');
      await loadModel(model);
    },
    refusal: ModelError,
  },
};

async function readImage(bytes: Buffer, path: string, folder: string): Promise<void> {
  writeFileSync(path, bytes);
  const { metadata } = await readTile(path, { displayWidthDefaultM: 0.5, within: folder });
  await readPixels(path, metadata.databarHeightPx);
}

/** One text in every place in which other makers leave theirs. */
async function readMakers(bytes: Buffer, folder: string): Promise<void> {
  const [width, height] = [20, 16];
  const path = join(folder, 'tile.tif');
  for (const tag of [34682, 34118, 270]) {
    const tiff = buildTiff({
      widthPx: width,
      heightPx: height,
      texts: { [tag]: bytes },
      ratios: { 282: [8, 1], 283: [8, 1] },
    });
    await unlessRefused(() => readImage(tiff.bytes, path, folder));
  }
  writeFileSync(join(folder, 'tile.txt'), bytes);
  await unlessRefused(() => readImage(buildTiff({ widthPx: width, heightPx: height }).bytes, path, folder));
  rmSync(join(folder, 'tile.txt'));
  writeFileSync(join(folder, 'tile.tif.json'), bytes);
  await unlessRefused(() => readImage(buildTiff().bytes, path, folder));
  rmSync(join(folder, 'tile.tif.json'));
}

async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
  }
}

/** The first byte chooses the verb, and whether the answer is asked for by a property of MQTT 5. */
function readCommand(bytes: Buffer): void {
  const choice = bytes[0] ?? 0;
  const responseTopic = choice >= 128 ? bytes.subarray(1, 40).toString() : null;
  const request = readRequest(
    { payload: bytes.subarray(1), responseTopic, correlationData: null },
    { baseTopic: 'particled' },
  );
  if ('refusal' in request) return;
  checked(commandKinds[verbs[choice % verbs.length]!].request, request.body);
}
