import { askJson, queryOf } from './api.js';
import { byId, button, element, setText } from './elements.js';
import { dayAndTimeText, durationText, numberText } from './formats.js';
import { serverNowMs } from './server-clock.js';
import { showStatus, statusElement } from './status.js';

const kindTexts = {
  worker: 'worker',
  supervisor: 'supervisor of known children',
  dynamic: 'supervisor of children that come and go',
};

/** Everything about one actor, asked for again and again while it is shown. */
export class ActorDetails {
  #path;
  #parts;
  #asked = 0;
  #isGone = false;

  /** `on`: `restart` and `disconnect` are given its row, `reports` its path, `closed` nothing. */
  constructor(on) {
    this.on = on;
    byId('actor').addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.close();
    });
  }

  get path() {
    return this.#path;
  }

  /** Shows an actor, and leads the keyboard there where asked to. */
  async open(path, hasFocus) {
    this.#path = path;
    this.#isGone = false;
    this.#build(path);
    byId('actor').hidden = false;
    if (hasFocus) this.#parts.title.focus();
    await this.refresh();
  }

  close() {
    this.#path = undefined;
    byId('actor').hidden = true;
    this.on.closed();
  }

  async refresh() {
    if (this.#path === undefined) return;
    const asked = ++this.#asked;
    const { status, told } = await askJson(`api/actors${queryOf({ path: this.#path })}`);
    if (asked !== this.#asked || this.#path === undefined) return;
    if (status === 200) this.#show(told);
    if (status === 404) this.#showGone();
  }

  /** Once a second. Who has ended is not asked for again: another one would have another path. */
  tick() {
    if (this.#path === undefined || this.#isGone) return;
    this.#showUptime();
    void this.refresh();
  }

  #showUptime() {
    const row = this.#parts?.row;
    if (row !== undefined)
      setText(this.#parts.facts.up, durationText(serverNowMs() - row.startedAtMs));
  }

  #build(path) {
    const title = element('h2', { id: 'actor-title', tabindex: '-1' }, path.split('/').at(-1));
    const close = button('Close', () => this.close(), { 'aria-label': 'Close details' });
    const status = statusElement('');
    const facts = {};
    const list = element('dl', { class: 'details' });
    for (const [name, label] of factLabels) {
      facts[name] = element('dd', {}, '–');
      list.append(element('div', {}, element('dt', {}, label), facts[name]));
    }
    const gone = element('p', { class: 'gone', hidden: true }, 'This actor has ended.');
    const actions = element('div', { class: 'buttons' });
    const crash = element('div', { class: 'crash', hidden: true });
    this.#parts = { title, status, facts, gone, actions, crash, row: undefined };
    byId('actor').replaceChildren(
      element('div', { class: 'title' }, title, status, close),
      element('p', { class: 'path' }, path),
      gone,
      list,
      crash,
      actions,
    );
  }

  #show(row) {
    const { status, facts, gone, actions } = this.#parts;
    const isFirst = this.#parts.row === undefined;
    this.#isGone = false;
    this.#parts.row = row;
    gone.hidden = true;
    actions.hidden = false;
    showStatus(status, row.status);
    setText(facts.role, row.role);
    setText(facts.kind, kindTexts[row.kind]);
    setText(facts.mailbox, `${numberText(row.mailbox)} waiting`);
    setText(facts.messages, `${numberText(row.messages)} handled`);
    setText(facts.restarts, numberText(row.restarts));
    setText(facts.started, dayAndTimeText(row.startedAtMs));
    this.#showUptime();
    this.#showCrash(row);
    if (isFirst) actions.replaceChildren(...this.#buttons(row));
  }

  #showGone() {
    const { status, gone, actions } = this.#parts;
    this.#isGone = true;
    this.#parts.row = undefined;
    gone.hidden = false;
    actions.hidden = true;
    actions.replaceChildren();
    showStatus(status, 'ended');
  }

  #showCrash({ crash, stack }) {
    const shown = this.#parts.crash;
    shown.hidden = crash === undefined;
    if (crash === undefined || shown.dataset.atMs === String(crash.atMs)) return;
    shown.dataset.atMs = String(crash.atMs);
    shown.replaceChildren(
      element('h3', {}, 'Last crash'),
      element('p', {}, `${dayAndTimeText(crash.atMs)}, in ${crash.during}`),
      element('p', { class: 'message' }, crash.message),
      element('pre', { tabindex: '0', 'aria-label': 'Stack of the last crash' }, stack ?? ''),
    );
  }

  /** The root is not restarted: that would end the server. Only a person can be disconnected. */
  #buttons(row) {
    const reports = button('Its reports', () => this.on.reports(row.path));
    const restart = button('Restart …', () => this.on.restart(row), { class: 'danger' });
    const disconnect = button('Disconnect …', () => this.on.disconnect(row), { class: 'danger' });
    return [
      reports,
      ...(row.parent === '' ? [] : [restart]),
      ...(row.role === 'connection' ? [disconnect] : []),
    ];
  }
}

const factLabels = [
  ['role', 'Role'],
  ['kind', 'Kind'],
  ['mailbox', 'Mailbox'],
  ['messages', 'Messages'],
  ['restarts', 'Restarts'],
  ['up', 'Up'],
  ['started', 'Started'],
];
