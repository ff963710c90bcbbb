/** Ways in which an acquisition goes wrong, as instruments and shares make them. */
export const faultNames = [
  'half-written',
  'preallocated',
  'out-of-order',
  'missing',
  'duplicated',
  'blurred',
  'charged',
  'rotated-grid',
  'interleaved',
  'mixed-magnifications',
  'restarted',
] as const;

export type Fault = (typeof faultNames)[number];
