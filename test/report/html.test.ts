import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { html } from '../../src/report/html.ts';

describe('an HTML template', () => {
  it('escapes what is filled in, in text and in attributes', () => {
    const hostile = `"><script>alert('&')</script>`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>',
    );
  });

  it('gives any text back unharmed to whoever parses it', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      trimValues: false,
      parseTagValue: false,
      htmlEntities: true,
    });
    // Control characters have no place in XML, and white space in attributes is folded there.
    const text = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((t) => !/[\d\s]/.test(t));
    fc.assert(
      fc.property(text, (given) => {
        const parsed = parser.parse(html`<p title="${given}">${given}</p>`.text);
        expect(parsed.p).toEqual({ '#text': given, '@_title': given });
      }),
    );
  });

  it('takes templates, lists and nothing at all', () => {
    expect(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${null}</ul>`.text).toBe(
      '<ul><li>1</li><li>2</li></ul>',
    );
  });

  it('keeps a number on the line of its unit', () => {
    expect(html`${'4.9 µm (4.7 to 5.1, 95 %), 50 nm'}`.text).toBe(
      '4.9&nbsp;µm (4.7 to 5.1, 95&nbsp;%), 50&nbsp;nm',
    );
  });
});
