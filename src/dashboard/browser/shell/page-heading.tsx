import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** The first page that is shown takes no focus: the reader has just come. */
let isFirst = true;

interface Props {
  /** Of the browser's window, and the heading where it has no children. */
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** The heading of a page: names the window, and takes the focus when the page is come to, so that it is read out. */
export function PageHeading({ title, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – particled`;
  }, [title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
