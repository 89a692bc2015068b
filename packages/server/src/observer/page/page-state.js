import { byId, button, element, setText } from './elements.js';
import { durationText } from './formats.js';

const labels = {
  connecting: 'Connecting',
  live: 'Live',
  disconnected: 'Disconnected',
  full: 'Too many watch',
  'logged-out': 'Logged out',
  forbidden: 'Not allowed',
};

const explanations = {
  disconnected: 'The server does not answer. The page connects again by itself.',
  full: 'As many are watching as the server allows (16). The page tries again by itself.',
  'logged-out': 'You are logged out.',
  forbidden: 'The server does not let this browser watch.',
};

/** Whether the page is live, and what to know where it is not. */
export class PageState {
  #state = 'connecting';
  #heardAtMs = 0;
  #text = element('span', {});
  #age = element('span', { 'aria-hidden': 'true' });

  constructor(onRetry) {
    this.retry = button('Try now', onRetry);
  }

  get isLive() {
    return this.#state === 'live';
  }

  show(state) {
    if (state === this.#state) return;
    // That it is refused says more than that it is not connected, which is then told again.
    if (state === 'disconnected' && ['full', 'logged-out', 'forbidden'].includes(this.#state))
      return;
    this.#state = state;
    document.body.dataset.state = state;
    setText(byId('connection-state'), labels[state]);
    document.title = state === 'live' ? 'Chat server: observer' : `${labels[state]} – Chat server`;
    const explanation = explanations[state];
    const banner = byId('banner');
    banner.hidden = explanation === undefined;
    if (explanation === undefined) return;
    setText(this.#text, explanation);
    const logIn = element('a', { href: '../login' }, 'Log in');
    banner.replaceChildren(this.#text, this.#age, state === 'logged-out' ? logIn : this.retry);
  }

  /** Once a second: what is shown grows old. */
  tick(heardAtMs) {
    this.#heardAtMs = heardAtMs || this.#heardAtMs;
    const age = durationText(Date.now() - this.#heardAtMs);
    setText(this.#age, this.#heardAtMs === 0 ? '' : `What you see is ${age} old.`);
  }
}
