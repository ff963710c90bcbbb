/** A browser lays out so many rows while somebody types; the rest comes on request. */
const SHOWN_AT_ONCE = 200;

/**
 * Search in the index: shows the rows that hold all words, in any order, or whose run's name begins with them, and have the
 * chosen verdict; the newest first ones until more are asked for. It runs in the reader's browser; without it the page
 * shows every sample.
 */
export const indexScript = `
const plain = (text) => text.normalize('NFKC').toLowerCase();
const form = document.querySelector('form');
const { words, badge } = form.elements;
const count = document.querySelector('output');
const none = document.querySelector('.none');
const more = document.querySelector('.more');
const rows = [...document.querySelectorAll('tbody tr')].map((row) => ({
  row,
  // The digits of a run's name would be found in the middle of its time.
  text: plain(row.textContent.replace(row.dataset.run, '')),
  run: plain(row.dataset.run),
  badge: row.dataset.badge,
}));
const number = (count) => count.toLocaleString('en-GB');
let most = ${SHOWN_AT_ONCE};
const show = () => {
  const asked = plain(words.value).split(/\\s+/);
  let found = 0;
  for (const { row, text, run, badge: own } of rows) {
    const has = (word) => text.includes(word) || run.startsWith(word);
    const isFound = (badge.value === '' || badge.value === own) && asked.every(has);
    if (isFound) found += 1;
    row.hidden = !isFound || found > most;
  }
  none.hidden = found > 0;
  more.hidden = found <= most;
  more.textContent = 'Show the other ' + number(found - most);
  count.value = (found === rows.length ? '' : number(found) + ' of ') + number(rows.length) + (rows.length === 1 ? ' run' : ' runs');
};
form.hidden = false;
form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
more.addEventListener('click', () => { most = Infinity; show(); });
addEventListener('pageshow', show); // a reader who comes back finds the words still there
show();
`;
