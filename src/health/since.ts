import { type Diagnosis, stateOf } from './diagnosis.ts';
import type { Health } from './reasons.ts';

/** A diagnosis as it is told. */
export interface DatedDiagnosis extends Diagnosis {
  readonly state: Exclude<Health['state'], 'normal'>;
  /** Since when it holds without a break, ISO 8601 in UTC. */
  readonly since: string;
}

/** Remembers since when each diagnosis holds, as long as the daemon runs. */
export function createSinces(): (health: Health, now?: Date) => DatedDiagnosis[] {
  let sinces = new Map<string, string>();
  return ({ diagnoses }, now = new Date()) => {
    const before = sinces;
    sinces = new Map(diagnoses.map(({ code }) => [code, before.get(code) ?? now.toISOString()]));
    return diagnoses.map((diagnosis) => ({
      ...diagnosis,
      state: stateOf[diagnosis.code],
      since: sinces.get(diagnosis.code) ?? now.toISOString(),
    }));
  };
}
