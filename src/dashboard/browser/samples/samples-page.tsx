import { PageHeading } from '../shell/page-heading.tsx';

export function SamplesPage() {
  return <PageHeading title="All samples" />;
}
