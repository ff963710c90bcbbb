/** What somebody said, on one line without characters that no font shows; null where that is nothing. */
export function words(text = ''): string | null {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ').trim() || null;
}
