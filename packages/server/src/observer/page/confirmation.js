import { act } from './api.js';
import { byId, button, element, setText } from './elements.js';

const outcomes = {
  done: { restart: 'It was told to end and starts again.', disconnect: 'It was disconnected.' },
  'not-found': 'It is not there any more.',
  'not-running': 'It starts, stops or restarts already.',
  'not-allowed': 'That would end the server.',
};

/** Asks before an action is done, does it, and says how it went. */
export class Confirmation {
  /** Who the server takes this browser for; its record of the action says so. */
  you = '';
  #dialog = byId('confirmation');

  constructor(onDone) {
    this.onDone = onDone;
  }

  restart(row) {
    const below =
      row.kind === 'worker'
        ? 'What it has in memory is lost; what waits for it is handled after that.'
        : 'All that is below it, and what its supervisor has start after it, starts again too.';
    this.#ask('restart', row.path, 'Restart this actor?', [
      `It is told to end, and its supervisor starts it again. ${below}`,
      'Nobody is disconnected.',
    ]);
  }

  disconnect(row) {
    this.#ask('disconnect', row.path, 'Disconnect this person?', [
      'They are told that an operator has disconnected them, and their connection ends. They can connect again.',
    ]);
  }

  #ask(action, path, title, paragraphs) {
    const label = action === 'restart' ? 'Restart' : 'Disconnect';
    const failure = element('p', { class: 'failure', role: 'alert' });
    const go = button(label, () => void this.#do(action, path, go, failure), { class: 'danger' });
    const cancel = button('Cancel', () => this.#dialog.close(), { autofocus: true });
    this.#dialog.replaceChildren(
      element('h2', { id: 'confirmation-title' }, title),
      element('p', { class: 'path' }, path),
      ...paragraphs.map((text) => element('p', {}, text)),
      element('p', { class: 'quiet' }, `It is logged and reported as done by ${this.you}.`),
      failure,
      element('div', { class: 'buttons' }, cancel, go),
    );
    this.#dialog.showModal();
  }

  async #do(action, path, go, failure) {
    go.disabled = true;
    const { status, told } = await act(action, path);
    go.disabled = false;
    if (told?.outcome === 'done') {
      this.#dialog.close();
      setText(byId('announcer'), `${path}: ${outcomes.done[action]}`);
      this.onDone();
      return;
    }
    setText(failure, whyNot(status, told));
  }
}

function whyNot(status, told) {
  if (status === 0) return 'The server does not answer.';
  if (status === 401) return 'You are logged out. Reload the page to log in.';
  return outcomes[told?.outcome] ?? `The server refuses this (${status}).`;
}
