/** ok: as it should be; attention: it works, though not as intended; failure: it does not work, or may not be trusted. */
export type Verdict = 'ok' | 'attention' | 'failure';

/** What one look at this computer has found. */
export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  readonly found: string;
  /** What to do; null where nothing is. */
  readonly advice: string | null;
}

export function ok(check: string, found: string): Finding {
  return { check, verdict: 'ok', found, advice: null };
}

export function attention(check: string, found: string, advice: string): Finding {
  return { check, verdict: 'attention', found, advice };
}

export function failure(check: string, found: string, advice: string): Finding {
  return { check, verdict: 'failure', found, advice };
}

/** The worst of all. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  if (verdicts.has('failure')) return 'failure';
  return verdicts.has('attention') ? 'attention' : 'ok';
}
