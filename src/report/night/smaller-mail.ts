import type { NightMail } from './mail.ts';

/** A mail without some of its parts, and which these are. */
export interface SmallerMail {
  readonly mail: NightMail;
  /** As `pictures and tables`. */
  readonly leftOut: string;
}

/**
 * The same mail in ever smaller forms, for a server that takes no large one: without pictures, of which the numbers stay as
 * words, and without attached tables too. Each says at its top what is left out.
 */
export function smallerMails(mail: NightMail): SmallerMail[] {
  const bare = {
    ...mail,
    html: mail.html.replace(/<img\b[^>]*?alt="([^"]*)"[^>]*>/g, '<em>$1</em>'),
    images: [],
  };
  return [
    ...(mail.images.length > 0 ? [told(bare, 'pictures')] : []),
    ...(mail.attachments.length > 0 ? [told({ ...bare, attachments: [] }, 'pictures and tables')] : []),
  ];
}

function told(mail: NightMail, leftOut: string): SmallerMail {
  const note = `The mail server takes no mail as large as this one with its ${leftOut}: they are left out.`;
  const top = /<body\b[^>]*>/.exec(mail.html);
  const at = top === null ? 0 : top.index + top[0].length;
  const html = `${mail.html.slice(0, at)}<p>${note}</p>${mail.html.slice(at)}`;
  return { mail: { ...mail, text: `${note}\n\n${mail.text}`, html }, leftOut };
}
