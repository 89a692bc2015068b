import { Chart } from './chart.js';
import { byId, setText } from './elements.js';
import { millisecondsText } from './formats.js';

const shown = [
  { label: 'Users', names: ['users'], leastMax: 10 },
  { label: 'Lines a second', names: ['linesPerSecond'], leastMax: 10 },
  { label: 'Deliveries a second', names: ['deliveriesPerSecond'], leastMax: 10 },
  {
    label: 'Event loop, p99 and max',
    names: ['loopDelayP99Ms', 'loopDelayMaxMs'],
    text: millisecondsText,
    leastMax: 5,
  },
];

/** The charts of the last hour. */
export class Charts {
  #charts = shown.map((each) => new Chart(each));

  constructor() {
    byId('charts').append(...this.#charts.map((chart) => chart.element));
  }

  show(samples) {
    const { minutes } = samples.span();
    setText(byId('charts-title'), minutes === 60 ? 'Last hour' : `Last ${minutes} minutes`);
    for (const chart of this.#charts) chart.show(samples);
  }
}
