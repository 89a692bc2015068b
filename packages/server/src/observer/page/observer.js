'use strict';

const rows = new Map();
const tree = document.getElementById('tree');

function draw() {
  tree.replaceChildren(...[...rows.values()].map(rowElement));
}

function rowElement(actor) {
  const depth = actor.path.split('/').length - 1;
  const counted = actor.group === undefined ? '' : ` (${actor.group.count})`;
  const cells = [
    `${'  '.repeat(depth)}${actor.id}${counted}`,
    actor.status,
    actor.mailbox,
    actor.messages,
    actor.restarts,
  ];
  const row = document.createElement('tr');
  for (const text of cells) {
    const cell = document.createElement('td');
    // As text and never as HTML: ids may hold what people typed.
    cell.textContent = String(text);
    row.append(cell);
  }
  return row;
}

const events = new EventSource('api/events');
events.addEventListener('tree', ({ data }) => {
  rows.clear();
  for (const actor of JSON.parse(data).actors) rows.set(actor.path, actor);
  draw();
});
events.addEventListener('changes', ({ data }) => {
  const { set, removed } = JSON.parse(data);
  for (const path of removed) rows.delete(path);
  for (const actor of set) rows.set(actor.path, actor);
  draw();
});
