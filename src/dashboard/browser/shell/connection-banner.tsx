import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { connection } from './live.ts';

const BACK_SHOWN_MS = 6_000;

/** Says when nothing live comes any more, and when it comes again; a screen reader hears each once. */
export function ConnectionBanner() {
  const text = useSignal('');
  const now = connection.value;
  useEffect(() => {
    if (now === 'lost') {
      text.value = 'The connection to the daemon is lost. What you see may be old; it is being tried again.';
    }
    if (now !== 'live' || text.value === '') return;
    text.value = 'Connected again; nothing is missing.';
    const timer = setTimeout(() => {
      text.value = '';
    }, BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [now, text]);
  return (
    <div class={`banner ${now}`} role="status">
      {text.value}
    </div>
  );
}
