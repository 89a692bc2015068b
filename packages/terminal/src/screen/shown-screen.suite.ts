import type { InputView } from './input-view';
import { Screen } from './screen';
import type { WindowSize } from './screen-size';

/** A screen, and what it has written since that was asked for last. */
export function screenOf(size: WindowSize = { columns: 20, rows: 10 }) {
  let text = '';
  const screen = new Screen((each) => (text += each), size);
  const written = (): string => {
    const all = text;
    text = '';
    return all;
  };
  return { screen, written };
}

/** A text behind a prompt, the cursor behind it or where it is said. */
export function typed(text: string, cursor = text.length): InputView {
  return { prompt: '> ', text, cursor };
}

/** A screen that shows a text, about which all has been read that was written so far. */
export function showing(text: string, size?: WindowSize) {
  const shown = screenOf(size);
  shown.screen.show(typed(text));
  shown.screen.settle();
  shown.written();
  return shown;
}
