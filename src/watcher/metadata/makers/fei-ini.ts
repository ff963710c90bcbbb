import { KV_PER_UNIT, MM_PER_UNIT, NM_PER_UNIT, NS_PER_UNIT, UM_PER_UNIT } from '../fei-quantity.ts';
import { iniValues, type KeyedText, quantityOf, requiredQuantityOf, textOf } from './keyed-text.ts';
import { type MakerMetadata, rowsBelowScan, type SizePx, squarePixelNm } from './maker-metadata.ts';

const ONE = { '': 1 };
const PIXEL = 'a length in metres, as 2.6e-008';

/**
 * Microscopes of FEI and Thermo Fisher: the ini text of TIFF tag 34682. All values are in SI units. `[Image]` names the scan,
 * so that rows below it are the data bar.
 *
 * @throws UnusableFileError `bad-metadata`
 */
export function parseFeiIni(ini: string, path: string, image: SizePx): MakerMetadata {
  const text: KeyedText = { path, holder: 'the FEI text (TIFF tag 34682)', values: iniValues(ini) };
  // Dual beams name the beam; its own section says the same.
  const beam = textOf(text, 'Beam/Beam') || 'EBeam';
  const scan = text.values.has('Scan/PixelWidth') ? 'Scan' : textOf(text, 'Beam/Scan') || 'EScan';
  const widthNm = requiredQuantityOf(text, `${scan}/PixelWidth`, NM_PER_UNIT, 'm', PIXEL);
  const heightNm = requiredQuantityOf(text, `${scan}/PixelHeight`, NM_PER_UNIT, 'm', PIXEL);
  const x = quantityOf(text, 'Stage/StageX', UM_PER_UNIT, 'm');
  const y = quantityOf(text, 'Stage/StageY', UM_PER_UNIT, 'm');
  return {
    pixelSizeNm: squarePixelNm(path, widthNm, heightNm, text.holder),
    stagePositionUm: x === null || y === null ? null : { x, y },
    databarHeightPx: databarHeightPx(text, image),
    instrumentId: textOf(text, 'System/SystemName') || textOf(text, 'System/Dnumber'),
    instrumentType: textOf(text, 'System/SystemType') || textOf(text, 'System/Type'),
    softwareVersion: textOf(text, 'System/Software'),
    detector: textOf(text, 'Detectors/Name'),
    scanRotationRad:
      quantityOf(text, 'Beam/ScanRotation', ONE, '') ??
      quantityOf(text, `${beam}/ScanRotation`, ONE, '') ??
      0,
    highVoltageKv:
      quantityOf(text, 'Beam/HV', KV_PER_UNIT, 'V') ?? quantityOf(text, `${beam}/HV`, KV_PER_UNIT, 'V'),
    workingDistanceMm:
      quantityOf(text, `${beam}/WD`, MM_PER_UNIT, 'm') ??
      quantityOf(text, 'Stage/WorkingDistance', MM_PER_UNIT, 'm'),
    dwellTimeNs:
      quantityOf(text, `${scan}/Dwell`, NS_PER_UNIT, 's') ??
      quantityOf(text, 'Scan/Dwelltime', NS_PER_UNIT, 's'),
    integrations: quantityOf(text, 'Image/Average', ONE, ''),
  };
}

function databarHeightPx(text: KeyedText, image: SizePx): number {
  const widthPx = quantityOf(text, 'Image/ResolutionX', ONE, '');
  const heightPx = quantityOf(text, 'Image/ResolutionY', ONE, '');
  const declared = quantityOf(text, 'PrivateFei/DatabarHeight', ONE, '') ?? 0;
  const expected = { widthPx: widthPx ?? image.widthPx, heightPx: heightPx ?? image.heightPx - declared };
  const below = rowsBelowScan(text.path, image, expected, `[Image] in ${text.holder}`);
  // A bar that is drawn over the scan leaves no rows below it.
  const isInside = Number.isInteger(declared) && declared >= 0 && declared < image.heightPx;
  return isInside ? Math.max(declared, below) : below;
}
