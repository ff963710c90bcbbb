import { figureDigits, settingDigits } from '../../statistics/numeric/figure-digits.ts';
import { counted, figureText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { SampleSummary } from './sample-summary.ts';

type Acquisition = SampleSummary['acquisition'];
type Range = Acquisition['magnification'];
type Fact = readonly [name: string, text: string | null];

/** How the sample was imaged, as ISO 13322-1 asks to be reported; null where no tile counts. */
export function acquisitionSection({ acquisition }: SampleSummary): Html | null {
  if (acquisition.tiles === 0) return null;
  const facts = [...areaFacts(acquisition), ...beamFacts(acquisition), ...microscopeFacts(acquisition)];
  const unknown = facts.filter(([, text]) => text === null).map(([name]) => name.toLowerCase());
  return html`<section>
<h2>How it was imaged</h2>
<dl class="facts">
${facts.map(([name, text]) => text && html`<dt>${name}</dt><dd>${text}</dd>`)}
${unknown.length > 0 ? html`<dt>Not in the files</dt><dd>${unknown.join(', ')}</dd>` : null}
</dl>
</section>`;
}

/** The same in a line; null where no tile counts. */
export function acquisitionLine({ acquisition }: SampleSummary): string | null {
  if (acquisition.tiles === 0) return null;
  const { particlesPerMm2, detector } = acquisition;
  const parts = [
    magnificationText(acquisition),
    settingRange(acquisition.acceleratingVoltageKv, 'kV'),
    detector && `detector ${detector}`,
    named('working distance', settingRange(acquisition.workingDistanceMm, 'mm')),
    named('dwell time', settingRange(acquisition.dwellTimeNs, 'ns')),
    areaText(acquisition),
    particlesPerMm2 === null ? null : `${figureDigits(particlesPerMm2)} particles per mm²`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

function areaFacts(acquisition: Acquisition): Fact[] {
  const { fieldWidthUm: width, fieldHeightUm: height, particlesPerMm2 } = acquisition;
  return [
    ['Magnification', magnificationText(acquisition)],
    [
      'Field of view',
      width && height && `${between(width, figureDigits)} by ${between(height, figureDigits)} µm`,
    ],
    ['Imaged area', areaText(acquisition)],
    ['Particles per mm²', particlesPerMm2 === null ? null : figureDigits(particlesPerMm2)],
  ];
}

function beamFacts(acquisition: Acquisition): Fact[] {
  return [
    ['Accelerating voltage', settingRange(acquisition.acceleratingVoltageKv, 'kV')],
    ['Detector', acquisition.detector],
    ['Working distance', settingRange(acquisition.workingDistanceMm, 'mm')],
    ['Spot size', settingRange(acquisition.spotSize)],
    ['Dwell time', settingRange(acquisition.dwellTimeNs, 'ns')],
    ['Frames averaged', settingRange(acquisition.integrations)],
  ];
}

function microscopeFacts({ microscope }: Acquisition): Fact[] {
  return [
    ['Microscope', microscope.type],
    ['Serial number', microscope.serialNumber],
    ['Microscope’s software', microscope.softwareVersion],
  ];
}

/** Says where the files do not name the display that magnification refers to. */
function magnificationText({ magnification, magnificationSource }: Acquisition): string | null {
  const text = magnification && `${between(magnification, figureDigits)}×`;
  return text === null || magnificationSource === 'file'
    ? text
    : `${text} (for a display of the configured width)`;
}

function areaText({ imagedAreaMm2, tiles }: Acquisition): string {
  return `${figureText(imagedAreaMm2, 'mm²')} in ${counted(tiles, 'tile')}`;
}

/** `15 kV`, as it was set. */
function settingRange(range: Range, unit = ''): string | null {
  return range && `${between(range, settingDigits)} ${unit}`.trim();
}

/** `8 to 8.02` where tiles differ by what can be told. */
function between({ min, max }: NonNullable<Range>, digits: (value: number) => string): string {
  const [least, greatest] = [digits(min), digits(max)];
  return least === greatest ? least : `${least} to ${greatest}`;
}

function named(name: string, text: string | null): string | null {
  return text && `${name} ${text}`;
}
