import type { CsvDialect } from '../tables/csv-file.ts';
import { nightCsv } from './csv.ts';
import { drawNight, type PictureSources } from './draw.ts';
import { nightHtml } from './html/page.ts';
import type { NightMail } from './mail.ts';
import type { NightReport } from './model.ts';
import { allPictures } from './pictures.ts';
import { nightText } from './plain-text.ts';
import { nightSubject } from './view/headline.ts';

/** The whole mail of a night; an empty night has no attachment. */
export async function composeNight(
  report: NightReport,
  sources: PictureSources,
  subjectPrefix: string,
  dialect?: CsvDialect,
): Promise<NightMail> {
  const pictures = await drawNight(report, sources);
  const subject = nightSubject(report, subjectPrefix);
  const table = {
    fileName: `night-${report.localDate}.csv`,
    contentType: 'text/csv; charset=utf-8',
    text: nightCsv(report, dialect),
  };
  return {
    subject,
    text: nightText(report),
    html: nightHtml(report, pictures, subject),
    images: allPictures(pictures).map(({ cid, contentType, bytes }) => ({
      cid,
      fileName: `${cid.slice(0, cid.indexOf('@'))}.${contentType === 'image/png' ? 'png' : 'jpg'}`,
      contentType,
      bytes,
    })),
    attachments: report.samples.length === 0 ? [] : [table],
  };
}
