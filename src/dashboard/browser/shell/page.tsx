import { LocationProvider, Route, Router } from 'preact-iso';
import { CorrectPage } from '../correct/correct-page.tsx';
import { NowPage } from '../now/now-page.tsx';
import { SamplePage } from '../sample/sample-page.tsx';
import { SamplesPage } from '../samples/samples-page.tsx';

/** The whole page: which part of it the address names. */
export function Page() {
  return (
    <LocationProvider>
      <main>
        <Router>
          <Route path="/" component={NowPage} />
          <Route path="/samples" component={SamplesPage} />
          <Route path="/samples/:sampleId/:run" component={SamplePage} />
          <Route path="/samples/:sampleId/:run/tiles/:contentHash" component={CorrectPage} />
        </Router>
      </main>
    </LocationProvider>
  );
}
