import { useEffect, useRef } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { RunDetail } from '../../api/run.ts';
import { RunShadowSection } from '../shadow/run-shadow-section.tsx';
import { runPath } from '../shell/api.ts';
import { momentText } from '../shell/figures.ts';
import { useLive } from '../shell/live.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { useResource } from '../shell/resource.ts';
import { Trouble } from '../shell/trouble.tsx';
import { CompareSection } from './compare/compare-section.tsx';
import { Explorer } from './explorer.tsx';
import { Background, Facts } from './facts.tsx';
import { useSelection } from './use-selection.ts';
import './sample.css';

/** While tiles come one after the other the page is read anew no more often than this. */
const RELOAD_MS = 4_000;

/** A sample: its figures, its grid as one picture, its particles, and others beside it. */
export function SamplePage() {
  const { params } = useRoute();
  const { sampleId = '', run = '' } = params;
  const path = runPath(sampleId, run);
  const { data, error, reload } = useResource<RunDetail>(path);
  useReloadOnEvents(sampleId, run, reload);
  const chosen = useSelection();
  const isOther = data !== null && (data.entry.sampleId !== sampleId || data.entry.run !== run);
  const detail = isOther ? null : data;
  return (
    <div class="sample">
      <PageHeading title={detail?.entry.sampleLabel ?? 'Sample'} />
      <p class="faint">
        {detail ? `Run ${run}, last tile ${momentText(detail.entry.lastTileAt)}` : !error && 'Being read …'}
      </p>
      <Trouble error={error} onRetry={reload} />
      {detail && (
        <>
          <Facts detail={detail} />
          <Explorer key={path} detail={detail} chosen={chosen} />
          <CompareSection
            detail={detail}
            keys={chosen.selection.compare}
            onChange={(compare) => chosen.choose({ compare })}
          />
          <RunShadowSection sampleId={sampleId} run={run} label={detail.entry.sampleLabel} />
          <Background detail={detail} />
        </>
      )}
    </div>
  );
}

/** Reads the run anew after what happened to it, at most every few seconds and never before the last time. */
function useReloadOnEvents(sampleId: string, run: string, reload: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLive((event) => {
    if (event.type === 'status' || event.type === 'reset' || timer.current !== null) return;
    const of = event.type === 'run' ? event.entry : event;
    if (of.sampleId !== sampleId || of.run !== run) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      reload();
    }, RELOAD_MS);
  });
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
}
