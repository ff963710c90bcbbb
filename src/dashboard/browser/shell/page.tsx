import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso';
import { ApiError, signInNeeded } from './api.ts';
import { Header } from './header.tsx';
import { followEvents } from './live.ts';
import { PageHeading } from './page-heading.tsx';
import { readSession } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { Trouble } from './trouble.tsx';

// Each page is a file of its own, so that none waits for what only another needs.
const NowPage = lazy(async () => (await import('../now/now-page.tsx')).NowPage);
const SamplesPage = lazy(async () => (await import('../samples/samples-page.tsx')).SamplesPage);
const SamplePage = lazy(async () => (await import('../sample/sample-page.tsx')).SamplePage);
const CorrectPage = lazy(async () => (await import('../correct/correct-page.tsx')).CorrectPage);
const ShadowPage = lazy(async () => (await import('../shadow/shadow-page.tsx')).ShadowPage);

/** The whole page: which part of it the address names. */
export function Page() {
  const isSignedOut = signInNeeded.value;
  useEffect(() => {
    if (isSignedOut) return;
    const end = new AbortController();
    // Where that cannot be told, whatever is asked for next says why.
    readSession().catch(() => {});
    followEvents(end.signal);
    return () => end.abort();
  }, [isSignedOut]);
  return (
    <LocationProvider>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        {isSignedOut ? <SignIn /> : <Pages />}
      </main>
    </LocationProvider>
  );
}

function Pages() {
  const fault = useSignal<ApiError | null>(null);
  if (fault.value !== null) return <Trouble error={fault.value} onRetry={() => location.reload()} />;
  return (
    <ErrorBoundary
      onError={(error) => {
        fault.value = new ApiError(0, `This page cannot be shown (${error.message}); load it again.`);
      }}
    >
      <Router onRouteChange={focusPage}>
        <Route path="/" component={NowPage} />
        <Route path="/samples" component={SamplesPage} />
        <Route path="/samples/:sampleId/:run" component={SamplePage} />
        <Route path="/samples/:sampleId/:run/tiles/:contentHash" component={CorrectPage} />
        <Route path="/shadow" component={ShadowPage} />
        <Route default component={NoSuchPage} />
      </Router>
    </ErrorBoundary>
  );
}

/** What had the focus is gone with its page; the heading of the new one takes it as soon as it is there. */
function focusPage(): void {
  if (document.activeElement === document.body)
    document.getElementById('main')?.focus({ preventScroll: true });
}

function NoSuchPage() {
  return (
    <>
      <PageHeading title="There is no such page" />
      <p>
        <a href="/">To what is under way now</a>, or <a href="/samples">to all samples</a>.
      </p>
    </>
  );
}
