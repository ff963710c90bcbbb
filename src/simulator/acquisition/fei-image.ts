import type { StagePositionUm } from '../../units.ts';

/** What the microscope says about one image. */
export interface PhenomFacts {
  readonly pixelSizeNm: number;
  /** Stage position of the image's centre. */
  readonly stagePositionUm: StagePositionUm;
  readonly sampleLabel: string;
  readonly instrumentId: string;
  /** Local ISO 8601 time without zone. */
  readonly acquiredAt: string;
  /** The instrument writes it negative; -15 when not given. */
  readonly highVoltageKv?: number;
  /** Width of the screen that magnification refers to; 0.519 when not given, 0 as through the PPI. */
  readonly displayWidthM?: number;
  readonly workingDistanceMm?: number;
  readonly dwellTimeNs?: number;
  readonly integrations?: number;
  readonly spotSize?: number;
  readonly scanRotationRad?: number;
  readonly detector?: string;
}

/** The XML document that a Phenom stores with an image, reduced to the elements a reader may rely on. */
export function feiImageXml(facts: PhenomFacts, sizePx: { widthPx: number; heightPx: number }): string {
  const positionM = { x: facts.stagePositionUm.x / 1e6, y: facts.stagePositionUm.y / 1e6 };
  return `<?xml version="1.0" encoding="UTF-8"?>
<FeiImage>
  <databarHeight>0</databarHeight>
  <databarLabel>${escaped(facts.sampleLabel)}</databarLabel>
  <displayWidth>${facts.displayWidthM ?? 0.519}</displayWidth>
  <pixelWidth unit="nm">${facts.pixelSizeNm}</pixelWidth>
  <pixelHeight unit="nm">${facts.pixelSizeNm}</pixelHeight>
  <time>${escaped(facts.acquiredAt)}</time>
  <integrations>${facts.integrations ?? 16}</integrations>
  <cropHint>
    <left>0</left>
    <top>0</top>
    <right>${sizePx.widthPx}</right>
    <bottom>${sizePx.heightPx}</bottom>
  </cropHint>
  <samplePosition>
    <x>${positionM.x}</x>
    <y>${positionM.y}</y>
  </samplePosition>
  <multiStage>
    <axis id="X">${-positionM.x}</axis>
    <axis id="Y">${-positionM.y}</axis>
  </multiStage>
  <appliedContrast>1</appliedContrast>
  <appliedBrightness>0.5</appliedBrightness>
  <appliedGamma>1</appliedGamma>
  <acquisition>
    <scan>
      <dwellTime unit="ns">${facts.dwellTimeNs ?? 200}</dwellTime>
      <spotSize>${facts.spotSize ?? 4.3}</spotSize>
      <rotation>${facts.scanRotationRad ?? 0}</rotation>
      <detector>${escaped(facts.detector ?? 'bsd-all')}</detector>
      <beamShift>
        <x>0</x>
        <y>0</y>
      </beamShift>
      <highVoltage unit="kV">${facts.highVoltageKv ?? -15}</highVoltage>
      <scanScale>1</scanScale>
    </scan>
  </acquisition>
  <workingDistance unit="mm">${facts.workingDistanceMm ?? 8}</workingDistance>
  <instrument>
    <type>PhenomXL</type>
    <softwareVersion>simulated</softwareVersion>
    <uniqueID>${escaped(facts.instrumentId)}</uniqueID>
  </instrument>
</FeiImage>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no way to write most control characters and lone surrogates: they become U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
