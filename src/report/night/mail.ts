/** A night's mail, ready to be sent or written down. */
export interface NightMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly images: readonly InlineImage[];
  readonly attachments: readonly Attachment[];
}

/** A picture that the HTML shows as `cid:<cid>`. */
export interface InlineImage {
  readonly cid: string;
  readonly fileName: string;
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly text: string;
}

/** The HTML with its pictures inside, to be opened as a file. */
export function selfContained({ html, images }: NightMail): string {
  return images.reduce(
    (text, { cid, contentType, bytes }) =>
      text.replaceAll(
        `src="cid:${cid}"`,
        `src="data:${contentType};base64,${Buffer.from(bytes).toString('base64')}"`,
      ),
    html,
  );
}

/**
 * The same for each attempt at a night's mail, so that systems which know a mail by its id show a repetition once.
 * @param from the sender's address, whose domain makes the id one of nobody else
 */
export function nightMessageId(localDate: string, instrument: string, from: string): string {
  return `<particled.night.${localDate}.${instrument}@${domainOf(from)}>`;
}

/** Of a mail that somebody asked for: no repetition of the night's own. */
export function askedMessageId(localDate: string, instrument: string, from: string, at: Date): string {
  return `<particled.asked.${localDate}.${instrument}.${at.getTime()}@${domainOf(from)}>`;
}

/** What stands behind the @ of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
