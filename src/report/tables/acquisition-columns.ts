import { publishedDigits, significant } from '../../statistics/numeric/significant.ts';
import type { TileMetadata } from '../../watcher/metadata/tile-metadata.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';
import type { Column } from './column.ts';

const FILE = "the file's metadata";
const SUMMARY = 'the latest summary; measurement.md';

/** How a tile was imaged, as its file says; empty where it says nothing. */
export const tileAcquisitionColumns: readonly Column<TileMetadata>[] = [
  setting('magnification', '1', 'displayed magnification', ({ magnification }) => magnification),
  setting('acceleratingVoltageKv', 'kV', 'accelerating voltage, without its sign', ({ highVoltageKv }) =>
    highVoltageKv === null ? null : Math.abs(highVoltageKv),
  ),
  word('detector', 'detector', ({ detector }) => detector),
  setting('workingDistanceMm', 'mm', 'working distance', ({ workingDistanceMm }) => workingDistanceMm),
  setting('dwellTimeNs', 'ns', 'time of the beam on a pixel, of one frame', ({ dwellTimeNs }) => dwellTimeNs),
  setting('integrations', '1', 'frames averaged', ({ integrations }) => integrations),
  setting('spotSize', '1', "spot size, as the instrument's own number", ({ spotSize }) => spotSize ?? null),
  word('serialNumber', 'serial number of the microscope', ({ instrumentId }) => instrumentId),
  word(
    'microscopeSoftware',
    'version of the software of the microscope',
    ({ softwareVersion }) => softwareVersion,
  ),
];

/** How a sample was imaged, and what somebody said of it; what differs between tiles stands in `tiles`. */
export const sampleAcquisitionColumns: readonly Column<SampleSummary>[] = [
  said('operator', 'who is in charge of the sample', ({ operator }) => operator),
  said('note', 'what else there is to know of it', ({ note }) => note),
  figure(
    'imagedAreaMm2',
    'mm2',
    'area that the counted tiles show together',
    ({ acquisition }) => acquisition.imagedAreaMm2,
  ),
  figure(
    'particlesPerMm2',
    '1/mm2',
    'particles over that area, each with its weight at borders',
    ({ acquisition }) => acquisition.particlesPerMm2,
  ),
];

function setting(
  name: string,
  unit: string,
  description: string,
  of: (metadata: TileMetadata) => number | null,
): Column<TileMetadata> {
  const value = (metadata: TileMetadata) => {
    const set = of(metadata);
    return set === null ? null : significant(set, 9);
  };
  return { name, kind: 'number', unit, description, source: FILE, value };
}

function word(
  name: string,
  description: string,
  of: (metadata: TileMetadata) => string,
): Column<TileMetadata> {
  const value = (metadata: TileMetadata) => of(metadata) || null;
  return { name, kind: 'text', unit: '', description, source: FILE, value };
}

function said(
  name: string,
  description: string,
  value: (summary: SampleSummary) => string | null,
): Column<SampleSummary> {
  return { name, kind: 'text', unit: '', description, source: 'the command expect; mqtt.md', value };
}

function figure(
  name: string,
  unit: string,
  description: string,
  of: (summary: SampleSummary) => number | null,
): Column<SampleSummary> {
  const value = (summary: SampleSummary) => {
    const found = of(summary);
    return found === null ? null : publishedDigits(found);
  };
  return { name, kind: 'number', unit, description, source: SUMMARY, value };
}
