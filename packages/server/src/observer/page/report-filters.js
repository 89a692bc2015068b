import { byId, button, element } from './elements.js';

const kinds = [
  ['crash', 'Crashes'],
  ['supervisor', 'Supervisors'],
  ['progress', 'Starts'],
  ['mailbox_full', 'Full mailboxes'],
  ['action', 'Operators'],
];
const settleMs = 250;

/** Which reports are shown. Nothing chosen is all of them, as the server has it. */
export class ReportFilters {
  #kinds = new Map();
  #path = textField('path', 'Part of a path');
  #text = textField('text', 'Text');
  #timer;

  constructor(onChange) {
    this.onChange = onChange;
    const form = byId('filters');
    const boxes = kinds.map(([kind, label]) => {
      const box = element('input', { type: 'checkbox', name: 'kind', value: kind });
      this.#kinds.set(kind, box);
      return element(
        'label',
        { class: 'chip', 'data-kind': kind },
        box,
        element('span', {}, label),
      );
    });
    const all = button('Show all', () => this.set({}), { class: 'plain' });
    form.append(
      element('fieldset', {}, element('legend', { class: 'unseen' }, 'Kinds'), ...boxes),
      element('div', { class: 'texts' }, this.#path, this.#text, all),
    );
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => this.#soon());
  }

  /** As the API takes them; empty where nothing is asked for. */
  get query() {
    const chosen = [...this.#kinds].filter(([, box]) => box.checked).map(([kind]) => kind);
    return { kind: chosen.join(','), path: this.#path.value.trim(), text: this.#text.value.trim() };
  }

  get isEmpty() {
    return Object.values(this.query).every((value) => value === '');
  }

  set({ path = '' }) {
    for (const box of this.#kinds.values()) box.checked = false;
    this.#path.value = path;
    this.#text.value = '';
    this.onChange();
  }

  /** Whether a report passes: the same rule as the server's. */
  passes(report) {
    const { kind, path, text } = this.query;
    if (kind !== '' && !kind.split(',').includes(report.kind)) return false;
    if (!holds(report.path, path)) return false;
    return [report.summary, report.role, report.path].some((each) => holds(each, text));
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.onChange(), settleMs);
  }
}

function holds(text, part) {
  return text.toLowerCase().includes(part.toLowerCase());
}

function textField(name, label) {
  const attributes = {
    type: 'search',
    name,
    placeholder: label,
    'aria-label': `Reports: ${label}`,
  };
  return element('input', {
    ...attributes,
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 200,
  });
}
