import { element, setText } from './elements.js';
import { numberText } from './formats.js';

/** What the tree says of a supervisor's children that come and go, for their statuses. */
export function groupText({ count, statuses }) {
  if (count === 0) return 'none';
  const others = Object.entries(statuses).filter(([status]) => status !== 'running');
  return [
    numberText(count),
    ...others.map(([status, some]) => `${numberText(some)} ${status}`),
  ].join(' · ');
}

/** A status as a dot and its word: never as a colour alone. */
export function statusElement(status) {
  return element(
    'span',
    { class: 'status', 'data-status': status },
    element('i', { 'aria-hidden': 'true' }),
    element('span', {}, status),
  );
}

export function showStatus(node, status) {
  if (node.dataset.status === status) return;
  node.dataset.status = status;
  setText(node.lastElementChild, status);
}
