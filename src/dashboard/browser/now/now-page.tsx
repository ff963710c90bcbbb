import { PageHeading } from '../shell/page-heading.tsx';

export function NowPage() {
  return <PageHeading title="Now" />;
}
