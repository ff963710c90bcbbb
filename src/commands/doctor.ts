import type { Config } from '../config/schema.ts';
import { type ConfigSource, sourceText } from '../config/source.ts';
import { examine } from '../doctor/examine.ts';
import { examineWorker } from '../doctor/examine-worker.ts';
import { type Finding, type Verdict, verdictOf } from '../doctor/finding.ts';
import { processorText, thisProcessor } from '../inference/processor.ts';
import { counted } from '../statistics/numeric/figure-digits.ts';
import { softwareVersion } from '../version.ts';

export interface DoctorOptions {
  readonly json: boolean;
  /** What a worker needs, instead of a daemon. */
  readonly worker: boolean;
}

/** Looks at all that particled needs of this computer; exit code 1 where something fails. */
export async function doctor(
  config: Config,
  source: ConfigSource,
  { json, worker }: DoctorOptions,
): Promise<void> {
  const processor = thisProcessor();
  const findings: Finding[] = [];
  if (!json) {
    console.log(`particled ${softwareVersion}, Node ${process.version}, ${processorText(processor)}`);
    console.log(`configuration: ${sourceText(source)}\n`);
  }
  const examined = worker ? examineWorker : examine;
  await examined(config, source.file, (finding) => {
    findings.push(finding);
    if (!json) console.log(lineOf(finding));
  });
  const verdict = verdictOf(findings);
  if (json) {
    const about = { softwareVersion, node: process.version, processor, configuration: source };
    console.log(JSON.stringify({ ...about, verdict, findings }, null, 2));
  } else console.log(`\n${endText(verdict, findings)}`);
  if (verdict === 'failure') process.exitCode = 1;
}

/** `failure    broker: what was found -> what to do` */
function lineOf({ verdict, check, found, advice }: Finding): string {
  const text = `${found}${advice === null ? '' : ` -> ${advice}`}`;
  return `${verdict.padEnd(9)}  ${check}: ${text.replaceAll(/\s+/g, ' ')}`;
}

function endText(verdict: Verdict, findings: readonly Finding[]): string {
  const count = (of: Verdict): number => findings.filter((finding) => finding.verdict === of).length;
  if (verdict === 'failure')
    return `not well: ${counted(count('failure'), 'failure')}, ${count('attention')} to look at`;
  return verdict === 'attention' ? `well, with ${count('attention')} to look at` : 'well';
}
