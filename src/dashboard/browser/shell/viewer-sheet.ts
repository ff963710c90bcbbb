/**
 * OpenSeadragon writes a style sheet into the page, which the content security policy refuses, with an error on the console;
 * it writes none where it finds one. This is none of HTML, so that there is nothing to refuse.
 */
export function leaveOutOwnSheet(): void {
  const name = 'data-openseadragon-mobile-css';
  if (document.querySelector(`style[${name}]`)) return;
  const sheet = document.createElementNS(null, 'style');
  sheet.setAttribute(name, 'true');
  document.head.append(sheet);
}
