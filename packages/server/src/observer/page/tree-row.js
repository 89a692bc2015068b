import { element, setText } from './elements.js';
import { durationText, numberText, shortNumberText } from './formats.js';
import { serverNowMs } from './server-clock.js';
import { groupText, showStatus, statusElement } from './status.js';

const columns = ['who', 'state', 'mailbox', 'rate', 'restarts', 'up'];

/** One actor in the tree: its cells are made once, and then changed. */
export class TreeRow {
  #cells = {};
  #twisty = element('span', { class: 'twisty', 'aria-hidden': 'true' });
  #name = element('span', { class: 'name' });
  #group = element('span', { class: 'group', hidden: true });
  #more = element('span', { class: 'quiet more', hidden: true });
  #mark = element('span', { class: 'mark', hidden: true }, 'crashed');
  #status = statusElement('');
  #row;

  constructor(path) {
    this.element = element('tr', { role: 'row', tabindex: '-1', 'data-path': path });
    for (const name of columns) {
      const cell = element('td', { role: 'gridcell', class: name });
      this.#cells[name] = cell;
      this.element.append(cell);
    }
    this.#cells.who.append(this.#twisty, this.#name, this.#group, this.#mark, this.#more);
    this.#cells.state.append(this.#status);
  }

  show({ row, depth, position, siblings, listed, isOpen }, rate) {
    this.#row = row;
    const { style } = this.element;
    style.setProperty('--depth', String(depth - 1));
    setAttributes(this.element, {
      'aria-level': depth,
      'aria-posinset': position,
      'aria-setsize': siblings,
      'aria-expanded': listed > 0 ? isOpen : undefined,
      'data-kind': row.kind,
    });
    setText(this.#name, row.id);
    const { group } = row;
    this.#group.hidden = group === undefined;
    if (group !== undefined) setText(this.#group, groupText(group));
    const isCut = isOpen && group !== undefined && group.count > listed;
    this.#more.hidden = !isCut;
    if (isCut) setText(this.#more, `${listed} shown`);
    this.#mark.hidden = row.crash === undefined && !(group?.crashed > 0);
    setText(this.#mark, group?.crashed > 0 ? `${numberText(group.crashed)} crashed` : 'crashed');
    showStatus(this.#status, row.status);
    this.#showNumbers(row, rate);
    this.tick();
  }

  /** Says how long it has been up. */
  tick() {
    setText(this.#cells.up, durationText(serverNowMs() - this.#row.startedAtMs));
  }

  /** Draws the eye here for a moment. */
  flash() {
    this.element.classList.remove('changed');
    // The animation begins anew only where the browser has seen it without.
    void this.element.offsetWidth;
    this.element.classList.add('changed');
  }

  #showNumbers({ group, mailbox, restarts }, rate) {
    const waiting = group === undefined ? mailbox : group.mailbox;
    const restarted = group === undefined ? restarts : group.restarts + restarts;
    const longest = group === undefined || waiting === 0 ? '' : ` (${group.mailboxLongest} max)`;
    this.#number('mailbox', waiting, `${shortNumberText(waiting)}${longest}`);
    this.#number('rate', rate, rate < 0.05 ? '0' : shortNumberText(rate));
    this.#number('restarts', restarted, shortNumberText(restarted));
  }

  #number(name, value, text) {
    const cell = this.#cells[name];
    setText(cell, text);
    cell.classList.toggle('zero', value < 0.05);
  }
}

function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
}
