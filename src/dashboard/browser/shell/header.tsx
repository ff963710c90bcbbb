import { useLocation } from 'preact-iso';
import { ConnectionBanner } from './connection-banner.tsx';
import { HealthMark } from './health-mark.tsx';
import { SignOut } from './sign-in.tsx';

const places = [
  { href: '/', name: 'Now', isHere: (path: string) => path === '/' },
  { href: '/samples', name: 'All samples', isHere: (path: string) => path.startsWith('/samples') },
  { href: '/shadow', name: 'Shadow model', isHere: (path: string) => path === '/shadow' },
] as const;

export function Header() {
  const { path } = useLocation();
  return (
    <header class="site">
      <div class="bar">
        <a class="brand" href="/" aria-label="particled, to the start">
          particled
        </a>
        <nav aria-label="Pages">
          {places.map(({ href, name, isHere }) => (
            <a key={href} href={href} aria-current={isHere(path) ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <HealthMark />
        <SignOut />
      </div>
      <ConnectionBanner />
    </header>
  );
}
