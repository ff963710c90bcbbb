import type { Acquisition } from './acquisition.ts';

/** One tile of 1920 x 1200 px of 50 nm: 96 um x 60 um, 0.519 m / 96 um = 5406 x; one particle in 0.00576 mm2. */
export const exampleAcquisition: Acquisition = {
  microscope: {
    type: 'PhenomXL',
    serialNumber: 'MVE081392-10796-L',
    softwareVersion: '6.4.1.rel.0dba406696.26586',
  },
  tiles: 1,
  magnification: { min: 5406, max: 5406 },
  magnificationSource: 'file',
  fieldWidthUm: { min: 96, max: 96 },
  fieldHeightUm: { min: 60, max: 60 },
  imagedAreaMm2: 0.00576,
  particlesPerMm2: 174,
  acceleratingVoltageKv: { min: 15, max: 15 },
  detector: 'bsd-all',
  workingDistanceMm: { min: 7.97, max: 7.97 },
  dwellTimeNs: { min: 200, max: 200 },
  integrations: { min: 32, max: 32 },
  spotSize: { min: 4.3, max: 4.3 },
};
