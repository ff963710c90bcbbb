import { useEffect, useState } from 'preact/hooks';
import type { RevisionList } from '../../../api/revision.ts';
import type { RunDetail } from '../../../api/run.ts';
import { getJson, runPath } from '../../shell/api.ts';
import { comparedRun } from '../selection.ts';
import type { ComparedStatistics } from './compared-figures.ts';

/** A run or an older revision beside the one that is shown. */
export interface Compared {
  /** As in the address. */
  readonly key: string;
  readonly name: string;
  /** Null where it cannot be had. */
  readonly statistics: ComparedStatistics | null;
  /** False for a revision of the same run. */
  readonly isApart: boolean;
  /** Why it cannot be had; '' where it can. */
  readonly fault: string;
}

/** Reads what is compared, whenever that changes. */
export function useCompared(keys: readonly string[], here: RunDetail): readonly Compared[] {
  const [compared, setCompared] = useState<readonly Compared[]>([]);
  const asked = keys.join('\n');
  // The keys are told by their text.
  useEffect(() => {
    let isGone = false;
    Promise.all(keys.map((key) => read(key, here))).then((all) => !isGone && setCompared(all));
    return () => {
      isGone = true;
    };
  }, [asked, here.entry.revision]);
  return compared;
}

async function read(key: string, { entry }: RunDetail): Promise<Compared> {
  const { sampleId, run, revision } = comparedRun(key)!;
  const isApart = sampleId !== entry.sampleId || run !== entry.run;
  try {
    if (revision === null) {
      const { entry: other, summary } = await getJson<RunDetail>(runPath(sampleId, run));
      const name =
        other.sampleLabel === entry.sampleLabel ? `${other.sampleLabel}, ${run}` : other.sampleLabel;
      return summary
        ? { key, name, statistics: summary.statistics, isApart, fault: '' }
        : { key, name, statistics: null, isApart, fault: 'It has no figures yet.' };
    }
    const { revisions } = await getJson<RevisionList>(runPath(sampleId, run, 'revisions'));
    const found = revisions.find((one) => one.revision === revision);
    const name = `Revision ${revision}`;
    return found
      ? { key, name, statistics: found.statistics, isApart, fault: '' }
      : { key, name, statistics: null, isApart, fault: 'The figures of this revision are not kept.' };
  } catch (error) {
    return { key, name: key, statistics: null, isApart, fault: error instanceof Error ? error.message : '' };
  }
}
