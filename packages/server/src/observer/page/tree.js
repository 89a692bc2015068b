import { byId, element, setText } from './elements.js';
import { countText } from './formats.js';
import { TreeRow } from './tree-row.js';
import { TreeRows } from './tree-rows.js';

/** Children of more than these are shown when asked for. */
const openUpTo = 10;
const headings = ['Actor', 'Status', 'Mailbox', 'Messages/s', 'Restarts', 'Up'];

/** The supervision tree: a treegrid whose rows are changed in place. */
export class Tree {
  #rows = new TreeRows();
  #elements = new Map();
  #isOpen = new Map();
  #body = element('tbody', {});
  #current = '';
  #selected = '';

  constructor(onChosen) {
    this.onChosen = onChosen;
    this.#body.addEventListener('click', (event) => this.#clicked(event));
    this.#body.addEventListener('keydown', (event) => this.#pressed(event));
    this.#body.addEventListener('focusin', ({ target }) => this.#focused(target));
  }

  reset(view) {
    this.#rows.reset(view);
    if (!this.#body.isConnected) byId('tree').replaceChildren(this.#table());
    this.#draw();
  }

  /** Shows what has changed. */
  change(changes) {
    const notable = this.#rows.change(changes);
    this.#draw();
    for (const path of notable) this.#elements.get(path)?.flash();
  }

  /** The actor above all others. */
  get root() {
    return this.#rows.root;
  }

  /** Marks the one whose details are shown. */
  select(path) {
    this.#elements.get(this.#selected)?.element.removeAttribute('aria-selected');
    this.#selected = path;
    this.#elements.get(path)?.element.setAttribute('aria-selected', 'true');
  }

  focus() {
    this.#elements.get(this.#current)?.element.focus();
  }

  /** Once a second: time goes on. */
  tick() {
    for (const row of this.#elements.values()) row.tick();
  }

  #table() {
    const cells = headings.map((text) =>
      element('th', { role: 'columnheader', scope: 'col' }, text),
    );
    const head = element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...cells));
    this.#body.setAttribute('role', 'rowgroup');
    const attributes = { role: 'treegrid', class: 'grid', 'aria-labelledby': 'tree-title' };
    return element('table', attributes, head, this.#body);
  }

  #draw() {
    const visible = this.#rows.visible((row) => this.#opens(row));
    const paths = new Set(visible.map(({ row }) => row.path));
    for (const path of this.#elements.keys()) if (!paths.has(path)) this.#remove(path);
    let next = this.#body.firstElementChild;
    for (const seen of visible) {
      const { path } = seen.row;
      const shown = this.#elements.get(path) ?? this.#add(path);
      shown.show(seen, this.#rows.rateOf(path));
      // A row that is where it belongs is not moved: it may have the focus.
      if (shown.element === next) next = next.nextElementSibling;
      else this.#body.insertBefore(shown.element, next);
    }
    this.#keepOneReachable(visible);
    setText(byId('tree-count'), countText(this.#rows.total(), 'actor'));
  }

  #opens(row) {
    const known = this.#isOpen.get(row.path);
    if (known !== undefined) return known;
    const isOpen = (row.group?.count ?? 0) <= openUpTo;
    this.#isOpen.set(row.path, isOpen);
    return isOpen;
  }

  #add(path) {
    const row = new TreeRow(path);
    if (path === this.#selected) row.element.setAttribute('aria-selected', 'true');
    this.#elements.set(path, row);
    return row;
  }

  #remove(path) {
    const row = this.#elements.get(path);
    if (row === undefined) return;
    const hadFocus = row.element === document.activeElement;
    const neighbour = row.element.previousElementSibling ?? row.element.nextElementSibling;
    row.element.remove();
    this.#elements.delete(path);
    if (this.#rows.get(path) === undefined) this.#isOpen.delete(path);
    if (hadFocus) neighbour?.focus();
  }

  /** Tab leads to one row of the tree, arrows to the others. */
  #keepOneReachable(visible) {
    if (!this.#elements.has(this.#current)) this.#current = visible[0]?.row.path ?? '';
    this.#elements.get(this.#current)?.element.setAttribute('tabindex', '0');
  }

  #focused(target) {
    const row = target.closest('tr');
    if (row === null) return;
    this.#elements.get(this.#current)?.element.setAttribute('tabindex', '-1');
    this.#current = row.dataset.path;
    row.setAttribute('tabindex', '0');
  }

  #clicked({ target }) {
    const row = target.closest('tr');
    if (row === null) return;
    row.focus({ preventScroll: true });
    const { path } = row.dataset;
    if (target.closest('.twisty') !== null && row.hasAttribute('aria-expanded')) this.#toggle(path);
    else this.onChosen(path, false);
  }

  #toggle(path, isOpen = !this.#isOpen.get(path)) {
    this.#isOpen.set(path, isOpen);
    this.#draw();
  }

  #pressed(event) {
    const row = event.target.closest('tr');
    const act = row && this.#keyed(row)[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  #keyed(row) {
    const { path } = row.dataset;
    const expanded = row.getAttribute('aria-expanded');
    const parent = this.#elements.get(this.#rows.get(path)?.parent)?.element;
    const choose = () => this.onChosen(path, true);
    return {
      ArrowDown: () => row.nextElementSibling?.focus(),
      ArrowUp: () => row.previousElementSibling?.focus(),
      Home: () => this.#body.firstElementChild?.focus(),
      End: () => this.#body.lastElementChild?.focus(),
      ArrowRight() {
        if (expanded === 'true') row.nextElementSibling?.focus();
      },
      ArrowLeft: () => (expanded === 'true' ? this.#toggle(path, false) : parent?.focus()),
      ...(expanded === 'false' && { ArrowRight: () => this.#toggle(path, true) }),
      Enter: choose,
      ' ': choose,
    };
  }
}
