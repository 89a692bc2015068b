import { askJson, queryOf } from './api.js';
import { byId, button, element, setText } from './elements.js';
import { countText, dayAndTimeText, timeText } from './formats.js';
import { ReportFilters } from './report-filters.js';

/** Reports that are shown at once; older ones are in the server's log. */
const shownMax = 200;
const kindLabels = {
  progress: 'start',
  supervisor: 'supervisor',
  crash: 'crash',
  mailbox_full: 'mailbox full',
  action: 'operator',
};

/** The stream of supervision reports, the newest first. */
export class Reports {
  #reports = [];
  #waiting = [];
  #skipped = 0;
  #isPaused = false;
  /** The newest that the page has heard of, and the newest of when it was paused. */
  #last = 0;
  #pausedAt = 0;
  #filters = new ReportFilters(() => void this.#reload());
  #asked = 0;

  constructor(onChosen) {
    this.onChosen = onChosen;
    byId('pause').addEventListener('click', () => this.#pause(!this.#isPaused));
  }

  /** The stream begins anew, and tells the latest again. */
  begin() {
    this.#reports = [];
    this.#waiting = [];
    this.#skipped = 0;
    this.#last = 0;
    // A server that was started again counts from one again.
    byId('report-list').replaceChildren();
    if (!this.#filters.isEmpty) void this.#reload();
  }

  take({ reports, skipped }) {
    const passing = reports.filter((report) => this.#filters.passes(report));
    this.#hear(reports);
    this.#skipped += skipped;
    if (this.#isPaused) this.#waiting = [...this.#waiting, ...passing].slice(-shownMax);
    else this.#add(passing);
    this.#draw(this.#isPaused ? [] : passing);
  }

  /** Shows those of one actor. */
  showOf(path) {
    this.#filters.set({ path });
    byId('reports').scrollIntoView({ block: 'nearest' });
  }

  #add(reports) {
    const known = new Set(this.#reports.map(({ number }) => number));
    const fresh = reports.filter(({ number }) => !known.has(number));
    this.#reports = [...this.#reports, ...fresh].slice(-shownMax);
  }

  /** Other filters may let through what is long gone from here. */
  async #reload() {
    const asked = ++this.#asked;
    const { told } = await askJson(
      `api/reports${queryOf({ ...this.#filters.query, limit: String(shownMax) })}`,
    );
    if (asked !== this.#asked || told === undefined) return;
    // What was asked for before a pause may come with what was reported since.
    const isShown = ({ number }) => !this.#isPaused || number <= this.#pausedAt;
    this.#reports = told.reports.filter(isShown);
    this.#waiting = told.reports.filter((report) => !isShown(report));
    this.#hear(told.reports);
    this.#redraw();
  }

  #hear(reports) {
    for (const { number } of reports) this.#last = Math.max(this.#last, number);
  }

  #pause(isPaused) {
    this.#isPaused = isPaused;
    this.#pausedAt = this.#last;
    byId('pause').setAttribute('aria-pressed', String(isPaused));
    if (!isPaused) {
      this.#add(this.#waiting);
      this.#waiting = [];
    }
    this.#redraw();
  }

  #redraw() {
    byId('report-list').replaceChildren();
    this.#draw(this.#reports);
  }

  /** Puts new ones on top, and takes away what is too many. */
  #draw(added) {
    const list = byId('report-list');
    if (this.#reports.length === 0) list.replaceChildren();
    const known = new Set(Array.from(list.children, (item) => item.dataset.number));
    const items = added
      .filter(({ number }) => !known.has(String(number)))
      .map((report) => this.#item(report));
    list.prepend(...items.toReversed());
    while (list.children.length > Math.max(this.#reports.length, 1)) list.lastElementChild.remove();
    const isEmpty = this.#reports.length === 0;
    byId('no-reports').hidden = !isEmpty;
    list.hidden = isEmpty;
    const none = this.#filters.isEmpty
      ? 'Nothing has been reported yet.'
      : 'No report passes these filters.';
    setText(byId('no-reports'), none);
    const waiting = this.#waiting.length;
    setText(byId('pause'), this.#isPaused ? `Resume (${waiting} new)` : 'Pause');
    const skipped =
      this.#skipped === 0
        ? ''
        : `; ${countText(this.#skipped, 'more was', 'more were')} too fast to show`;
    setText(
      byId('reports-count'),
      isEmpty ? skipped.slice(2) : `${countText(this.#reports.length, 'report')}${skipped}`,
    );
  }

  #item({ number, atMs, kind, path, summary, stack }) {
    const iso = new Date(atMs).toISOString();
    const time = element('time', { datetime: iso, title: dayAndTimeText(atMs) }, timeText(atMs));
    const badge = element('span', { class: 'kind' }, kindLabels[kind] ?? kind);
    const who = button(path, () => this.onChosen(path, true), { class: 'path plain' });
    const text = element('p', {}, summary);
    const item = element(
      'li',
      { 'data-kind': kind, 'data-number': number },
      time,
      badge,
      who,
      text,
    );
    if (stack !== undefined) {
      item.append(
        element(
          'details',
          {},
          element('summary', {}, 'Stack'),
          element('pre', { tabindex: '0' }, stack),
        ),
      );
    }
    return item;
  }
}
