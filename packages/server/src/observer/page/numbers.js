import { byId, element, setText } from './elements.js';
import { megabytesText, millisecondsText, numberText } from './formats.js';

const shown = [
  { name: 'users', label: 'Users online', text: numberText },
  { name: 'connections', label: 'Connections here', text: numberText },
  { name: 'rooms', label: 'Rooms in use', text: numberText },
  { name: 'linesPerSecond', label: 'Lines/s', text: numberText },
  { name: 'deliveriesPerSecond', label: 'Deliveries/s', text: numberText },
  { name: 'loopDelayP99Ms', label: 'Event loop p99', text: millisecondsText },
  { name: 'memoryBytes', label: 'Memory', text: megabytesText },
];

/** What there is now, as far as it is told. */
export class Numbers {
  #values = new Map();

  constructor() {
    for (const { name, label } of shown) {
      const value = element('dd', { 'data-number': name }, '–');
      this.#values.set(name, value);
      byId('numbers').append(element('div', {}, element('dt', {}, label), value));
    }
  }

  /** Shows what is told by name. */
  show(values) {
    for (const { name, text } of shown) {
      const value = values[name];
      if (value !== undefined) setText(this.#values.get(name), text(value));
    }
  }
}
