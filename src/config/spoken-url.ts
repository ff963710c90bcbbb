/** An address as it may be logged: what stands after `?` is often a token or a signature. */
export function spokenUrl(url: string): string {
  return url.replace(/\?.+$/s, '?...');
}
