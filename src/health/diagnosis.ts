/** States of health by NAMUR NE 107, the gravest first. */
export const healthStates = [
  'failure',
  'check-function',
  'out-of-specification',
  'maintenance-required',
  'normal',
] as const;

export type HealthState = (typeof healthStates)[number];

/** One thing that is not as it should be. */
export interface Diagnosis {
  /** A stable word for machines. */
  readonly code: DiagnosisCode;
  readonly what: string;
  /** What it is held against; null where there is nothing to compare. */
  readonly limit: string | null;
  readonly advice: string;
}

/** Which diagnosis gives which state; docs/mqtt.md shows the same table. */
export const stateOf = {
  'export-folder-silent': 'failure',
  'export-folder-away': 'failure',
  'store-damaged': 'failure',
  'segmenters-away': 'failure',
  'summary-not-made': 'failure',
  'name-taken': 'failure',
  'daemon-lost': 'failure',
  'daemon-ended': 'check-function',
  starting: 'check-function',
  'known-answers': 'check-function',
  'model-deviates': 'out-of-specification',
  'uncertain-drift': 'out-of-specification',
  'focus-drift': 'out-of-specification',
  'export-folder-emptied': 'maintenance-required',
  'no-file-events': 'maintenance-required',
  'files-awaited': 'maintenance-required',
  'files-unusable': 'maintenance-required',
  'tiles-queue': 'maintenance-required',
  'messages-queue': 'maintenance-required',
  'queue-away': 'maintenance-required',
  'workers-refuse': 'maintenance-required',
  'broker-away': 'maintenance-required',
  'broker-refuses': 'maintenance-required',
  'broker-limited': 'maintenance-required',
  'mail-not-sent': 'maintenance-required',
  'disk-low': 'maintenance-required',
  'monitoring-away': 'maintenance-required',
  'dashboard-away': 'maintenance-required',
  configuration: 'maintenance-required',
} as const satisfies Record<string, Exclude<HealthState, 'normal'>>;

export type DiagnosisCode = keyof typeof stateOf;

/** A diagnosis on one line, for people. */
export function diagnosisText({ what, limit, advice }: Diagnosis): string {
  return `${what}${limit === null ? '' : ` (limit: ${limit})`}; ${advice}`;
}
