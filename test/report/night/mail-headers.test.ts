import fc from 'fast-check';
import type { ParsedMail } from 'mailparser';
import { expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { nightCsv } from '../../../src/report/night/csv.ts';
import { drawNight } from '../../../src/report/night/draw.ts';
import { nightHtml } from '../../../src/report/night/html/page.ts';
import { type NightMail, nightMessageId } from '../../../src/report/night/mail.ts';
import { createMailer, mailSettings } from '../../../src/report/night/mailer.ts';
import { nightReport } from '../../../src/report/night/model.ts';
import { nightText } from '../../../src/report/night/plain-text.ts';
import { nightSubject } from '../../../src/report/night/view/headline.ts';
import { smtp } from '../../support/smtp.ts';
import { factsOf, runOf } from './nights.ts';

const sender = 'phenom@lab.example';
const recipient = 'ada@lab.example';

/** What ends a header or begins another one, as a person or an attacker may type it. */
const injections = [
  'x\r\nBcc: eve@example.com',
  'x\nBcc: eve@example.com\n\nno body',
  '\r\n.\r\nQUIT\r\n',
  'x\r\n\r\n--boundary\r\nContent-Type: text/html',
  '=?utf-8?Q?=0D=0ABcc:_eve@example.com?=',
  '"; filename="evil.exe',
  '<eve@example.com>, eve@example.com',
  '\u0000\u0001\u007f\u0085\u2028\u2029\u202e',
  `${'Ω'.repeat(300)}`,
];
const typed = fc.oneof(
  fc.constantFrom(...injections),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 200 }),
  // Lone surrogates, which no encoding has.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
);

async function postbox() {
  const addressed: string[] = [];
  const server = await smtp({ onAddress: (address) => void addressed.push(address) });
  const base = { host: '127.0.0.1', port: server.port, security: 'none', from: sender, to: [recipient] };
  const mailer = createMailer(mailSettings(configSchema.parse({ mail: base }))!);
  return async (mail: NightMail): Promise<ParsedMail> => {
    await mailer.send(mail, nightMessageId('2026-11-23', 'phenom-1', sender));
    expect(addressed.splice(0)).toEqual([recipient]);
    return server.mails.at(-1)!;
  };
}

/** The headers that every mail has, those addresses and no others. */
function expectOurHeaders(arrived: ParsedMail): void {
  const plain = [
    'auto-submitted',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'subject',
    'to',
  ];
  expect([...arrived.headers.keys()].toSorted()).toEqual(plain);
  expect(arrived.from?.text).toBe(sender);
  expect([arrived.to].flat().map((address) => address?.text)).toEqual([recipient]);
  expect(arrived.messageId).toBe('<particled.night.2026-11-23.phenom-1@lab.example>');
}

it('no label of a sample breaks a header of the mail or adds one, and what is told of it arrives', async () => {
  const send = await postbox();
  const pictures = await drawNight(nightReport(factsOf([])), { folderOf: () => null, uncertainOf: () => [] });
  await fc.assert(
    fc.asyncProperty(typed, typed, async (label, prefix) => {
      const report = nightReport(factsOf([runOf({ label })]));
      const subject = nightSubject(report, prefix);
      const text = nightText(report);
      const arrived = await send({
        ...{ subject, text, html: nightHtml(report, pictures, subject), images: [] },
        attachments: [
          { fileName: 'night.csv', contentType: 'text/csv; charset=utf-8', text: nightCsv(report) },
        ],
      });
      expectOurHeaders(arrived);
      expect(arrived.subject).toContain('23 Nov: 1 sample');
      expect(arrived.attachments.map(({ filename }) => filename)).toEqual(['night.csv']);
      expect(arrived.text).toContain('D50');
    }),
    { numRuns: 30 },
  );
});

it('no name of a file or picture breaks a header of its part or adds a part', async () => {
  const send = await postbox();
  await fc.assert(
    fc.asyncProperty(typed, typed, typed, async (subject, fileName, cid) => {
      const arrived = await send({
        ...{ subject: `Night: ${subject}`, text: 'figures', html: '<p>figures</p>' },
        images: [{ cid, fileName, contentType: 'image/png', bytes: Uint8Array.of(1, 2, 3) }],
        attachments: [{ fileName, contentType: 'text/csv; charset=utf-8', text: 'a,b\n' }],
      });
      expectOurHeaders(arrived);
      expect(arrived.text?.trim()).toBe('figures');
      expect(arrived.attachments.map(({ content }) => content.length)).toEqual([3, 4]);
      for (const { headers } of arrived.attachments) {
        for (const name of headers.keys())
          expect([
            'content-type',
            'content-id',
            'content-transfer-encoding',
            'content-disposition',
          ]).toContain(name);
      }
    }),
    { numRuns: 30 },
  );
});
