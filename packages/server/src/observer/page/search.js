import { askJson, queryOf } from './api.js';
import { byId, button, element, setText } from './elements.js';
import { countText, numberText } from './formats.js';
import { statusElement } from './status.js';

const settleMs = 200;
const foundMax = 100;

/** Finds actors by their path, those that are only counted in the tree included. */
export class Search {
  #field = byId('search');
  #summary = element('p', { class: 'quiet', role: 'status' });
  #list = element('ul', { class: 'found' });
  #timer;
  #asked = 0;

  constructor(onChosen) {
    this.onChosen = onChosen;
    byId('found').append(this.#summary, this.#list);
    this.#field.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.refresh(), settleMs);
    });
    this.#field.addEventListener('keydown', ({ key }) => {
      if (key === 'ArrowDown') this.#list.querySelector('button')?.focus();
    });
    this.#list.addEventListener('keydown', (event) => this.#pressed(event));
  }

  /** What is found changes while it is shown. */
  async refresh() {
    const text = this.#field.value.trim();
    const asked = ++this.#asked;
    byId('tree').hidden = text !== '';
    byId('found').hidden = text === '';
    if (text === '') return;
    const { status, told } = await askJson(
      `api/search${queryOf({ q: text, limit: String(foundMax) })}`,
    );
    if (asked !== this.#asked || status !== 200) return;
    this.#show(told.actors);
  }

  #show(actors) {
    const focused = this.#list.contains(document.activeElement)
      ? document.activeElement.dataset.path
      : undefined;
    const isCut = actors.length === foundMax;
    const count = countText(actors.length, 'actor');
    const none = 'No actor’s path holds this.';
    setText(this.#summary, actors.length === 0 ? none : `${isCut ? 'The first ' : ''}${count}`);
    this.#list.replaceChildren(...actors.map((row) => this.#item(row)));
    if (focused !== undefined)
      this.#list.querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus();
  }

  #item(row) {
    const facts = [
      row.mailbox > 0 ? `${numberText(row.mailbox)} waiting` : '',
      row.restarts > 0 ? countText(row.restarts, 'restart') : '',
      row.crash === undefined ? '' : 'crashed',
    ].filter((text) => text !== '');
    const found = button('', () => this.onChosen(row.path, true), { 'data-path': row.path });
    found.append(
      element('span', { class: 'path' }, row.path),
      element('span', { class: 'quiet' }, facts.join(', ')),
      statusElement(row.status),
    );
    return element('li', {}, found);
  }

  #pressed(event) {
    const item = event.target.closest('li');
    const to = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    if (to === null) this.#field.focus();
    else to.querySelector('button').focus();
  }
}
