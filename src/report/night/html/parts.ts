import { type Html, type HtmlValue, html } from '../../html.ts';
import type { Picture, ThemedPicture } from '../pictures.ts';
import { style, toneOf } from './style.ts';

type Standing = Parameters<typeof toneOf>[0];

/** Width of the mail where there is room, and of what stands inside its cards. */
export const MAIL_WIDTH_PX = 600;
export const INNER_WIDTH_PX = 560;

/** One card of the mail: a row of the outer table, with room below. */
export function card(content: HtmlValue): Html {
  return html`<tr><td class="card inner" style="${style.card}padding:18px 20px;">${content}</td></tr>
<tr><td style="height:12px;line-height:12px;font-size:0;">&nbsp;</td></tr>`;
}

export function heading(text: string): Html {
  return html`<h2 class="text" style="${style.text}margin:0 0 8px;font-size:17px;line-height:1.3;font-weight:600;">${text}</h2>`;
}

export function badge(text: string, standing: Standing): Html {
  const { className, css } = toneOf(standing);
  return html`<span class="${className}" style="${css}display:inline-block;padding:3px 9px;border-radius:999px;font-size:13px;line-height:1.3;font-weight:600;white-space:nowrap;">${text}</span>`;
}

/** Sentences that ought to catch the eye. */
export function callout(sentences: readonly string[], standing: Standing): Html | null {
  if (sentences.length === 0) return null;
  const { className, css } = toneOf(standing);
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:10px 0;"><tr><td class="${className}" style="${css}padding:9px 12px;border-radius:8px;font-size:14px;line-height:1.45;">${sentences.map(
    (sentence) => html`<div>${sentence}</div>`,
  )}</td></tr></table>`;
}

/** A named line of small text. */
export function fact(name: string, text: string): Html {
  return html`<p class="small" style="${style.small}margin:7px 0 0;"><strong class="text" style="color:#1c2126;font-weight:600;">${name}</strong> ${text}</p>`;
}

/** Text that leads to a page; the text alone where there is none. */
export function linked(text: HtmlValue, url: string | null): HtmlValue {
  return url === null
    ? text
    : html`<a href="${url}" style="color:inherit;text-decoration:underline;">${text}</a>`;
}

/** Its alt text stays readable where pictures are blocked. */
export function picture({ cid, alt, widthPx }: Picture): Html {
  return html`<img class="small" src="cid:${cid}" alt="${alt}" width="${widthPx}" style="${style.small}display:block;width:100%;max-width:${widthPx}px;height:auto;border:0;border-radius:6px;">`;
}

/** The chart for light surroundings; clients that know of dark mode swap it for the other. */
export function themedPicture({ light, dark }: ThemedPicture): Html {
  return html`<div class="for-light">${picture(light)}</div>
<!--[if !mso]><!--><div class="for-dark" style="display:none;max-height:0;overflow:hidden;">${picture(dark)}</div><!--<![endif]-->`;
}
