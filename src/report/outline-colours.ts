/** Outline colours as in the paper's Fig. 5, bright enough for dark tape. */
export const CERTAIN_RGB = [40, 220, 70] as const;
export const UNCERTAIN_RGB = [255, 60, 50] as const;

/** Around the particle that is meant, among several. */
export const FRAME_RGB = [255, 212, 0] as const;
