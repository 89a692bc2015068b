import { element, setText, svgElement } from './elements.js';
import { numberText, shortNumberText, timeText } from './formats.js';
import { roundAbove } from './samples.js';

const heightPx = 128;
const margin = { left: 40, right: 10, top: 8, bottom: 20 };

/** One chart: a line over the last hour, whose values the pointer and arrow keys tell. */
export class Chart {
  element;
  #plot = element('div', { class: 'plot', tabindex: '0', role: 'slider' });
  #svg = svgElement('svg', { 'aria-hidden': 'true' });
  #told = element('p', { class: 'told', 'aria-hidden': 'true' }, 'No samples yet');
  #now = element('strong', {}, '');
  #lines = [];
  #span;
  #at;

  /** `names` are of series, the one that matters first; `text` says a value of them. */
  constructor({ label, names, text = numberText, leastMax = 1 }) {
    Object.assign(this, { label, names, text, leastMax });
    const title = element('h3', {}, element('span', {}, label), this.#now);
    this.element = element('figure', { class: 'chart' }, title, this.#plot);
    this.#plot.append(this.#svg, this.#told);
    this.#plot.setAttribute('aria-label', label);
    this.#plot.addEventListener('pointermove', (event) => this.#pointed(event));
    this.#plot.addEventListener('pointerleave', () => this.#point(undefined));
    this.#plot.addEventListener('blur', () => this.#point(undefined));
    this.#plot.addEventListener('focus', () => this.#pressedTo(Infinity));
    this.#plot.addEventListener('keydown', (event) => this.#pressed(event));
    new ResizeObserver(() => this.#draw()).observe(this.#plot);
  }

  show(samples) {
    this.#span = samples.span();
    this.#lines = this.names.map((name) => samples.series(name));
    const latest = this.#points.at(-1);
    setText(this.#now, latest === undefined ? '' : this.text(latest.value));
    this.#draw();
  }

  get #points() {
    return this.#lines[0] ?? [];
  }

  #draw() {
    const width = this.#plot.clientWidth;
    if (width === 0 || this.#span === undefined) return;
    this.#svg.setAttribute('width', String(width));
    this.#svg.setAttribute('height', String(heightPx));
    if (this.#points.length === 0) {
      this.#svg.replaceChildren();
      setText(this.#told, 'No samples yet');
      return;
    }
    const scale = this.#scale(width);
    const [main, ...others] = this.#lines;
    this.#svg.replaceChildren(
      ...this.#axes(scale),
      ...others.map((points) => lineOf(points, scale, 'line faint')),
      areaOf(main, scale),
      lineOf(main, scale, 'line'),
      ...this.#cursor(scale),
    );
    this.#tell();
  }

  #scale(width) {
    const values = this.#lines.flatMap((points) => points.map(({ value }) => value));
    // A line along the upper edge would look cut off.
    const max = roundAbove(Math.max(this.leastMax, ...values.map((value) => value * 1.05)));
    const { startMs, endMs } = this.#span;
    const inner = width - margin.left - margin.right;
    const tall = heightPx - margin.top - margin.bottom;
    return {
      width,
      max,
      x: (atMs) => margin.left + ((atMs - startMs) / (endMs - startMs)) * inner,
      y: (value) => margin.top + (1 - value / max) * tall,
      timeAt: (x) => startMs + ((x - margin.left) / inner) * (endMs - startMs),
    };
  }

  #axes({ width, max, x, y }) {
    const { minutes, stepMinutes, endMs } = this.#span;
    const levels = [0, max / 2, max].flatMap((value) => [
      svgElement('line', {
        class: 'rule',
        x1: margin.left,
        x2: width - margin.right,
        y1: y(value),
        y2: y(value),
      }),
      svgElement(
        'text',
        { x: margin.left - 6, y: y(value) + 4, class: 'level' },
        shortNumberText(value),
      ),
    ]);
    const times = [];
    // Marks that would touch each other are left out.
    const inner = width - margin.left - margin.right;
    const isTight = inner / (minutes / stepMinutes) < 54;
    const every = isTight ? stepMinutes * 2 : stepMinutes;
    for (let ago = 0; ago <= minutes; ago += every) {
      const at = x(endMs - ago * 60_000);
      const anchor = ago === 0 ? 'end' : 'middle';
      const label = ago === 0 ? 'now' : agoText(ago);
      times.push(
        svgElement('text', { x: at, y: heightPx - 4, 'text-anchor': anchor, class: 'time' }, label),
      );
    }
    return [...levels, ...times];
  }

  #cursor({ x, y }) {
    const point = this.#points[this.#at];
    if (point === undefined) return [];
    const at = x(point.atMs);
    const line = { class: 'cursor', x1: at, x2: at, y1: margin.top, y2: heightPx - margin.bottom };
    const dot = { class: 'dot', cx: at, cy: y(point.value), r: 4 };
    return [svgElement('line', line), svgElement('circle', dot)];
  }

  #tell() {
    const point = this.#points[this.#at] ?? this.#points.at(-1);
    const said = `${this.text(point.value)} at ${timeText(point.atMs)}`;
    setText(this.#told, this.#at === undefined ? '' : said);
    const last = this.#points.length - 1;
    this.#plot.setAttribute('aria-valuemin', '0');
    this.#plot.setAttribute('aria-valuemax', String(last));
    this.#plot.setAttribute('aria-valuenow', String(this.#at ?? last));
    this.#plot.setAttribute('aria-valuetext', said);
  }

  #pointed({ offsetX }) {
    if (this.#points.length === 0) return;
    const atMs = this.#scale(this.#plot.clientWidth).timeAt(offsetX);
    const after = this.#points.findIndex((point) => point.atMs >= atMs);
    const at = after === -1 ? this.#points.length - 1 : after;
    const before = this.#points[at - 1];
    const isBeforeNearer = before && atMs - before.atMs < this.#points[at].atMs - atMs;
    this.#point(isBeforeNearer ? at - 1 : at);
  }

  #point(at) {
    if (this.#at === at) return;
    this.#at = at;
    this.#draw();
  }

  #pressed(event) {
    const last = this.#points.length - 1;
    const at = this.#at ?? last;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#pressedTo(to);
  }

  #pressedTo(at) {
    const last = this.#points.length - 1;
    this.#point(last === -1 ? undefined : Math.max(0, Math.min(last, at)));
  }
}

function agoText(minutes) {
  return minutes < 1 ? `−${minutes * 60} s` : `−${minutes} min`;
}

function pathOf(points, { x, y }) {
  const steps = points.map(({ atMs, value }) => `${x(atMs).toFixed(1)} ${y(value).toFixed(1)}`);
  return `M${steps.join('L')}`;
}

function lineOf(points, scale, name) {
  return svgElement('path', { class: name, d: pathOf(points, scale) });
}

function areaOf(points, scale) {
  const [from, to] = [points[0], points.at(-1)].map(({ atMs }) => scale.x(atMs).toFixed(1));
  const floor = scale.y(0).toFixed(1);
  return svgElement('path', {
    class: 'area',
    d: `${pathOf(points, scale)}L${to} ${floor}L${from} ${floor}Z`,
  });
}
