import type { KeyName } from '../keys/key';
import { LineEditor } from './line-editor';
import type { EditorOutcome, LineEditorOptions } from './line-editor';

const names = ['alice', 'albert', 'bob'];

function complete(line: string, cursor: number): { start: number; candidates: string[] } {
  const start = line.lastIndexOf(' ', cursor - 1) + 1;
  const begun = line.slice(start, cursor);
  return { start, candidates: names.filter((name) => name.startsWith(begun)) };
}

export function editorOf(options: Partial<LineEditorOptions> = {}): LineEditor {
  return new LineEditor({
    bytesMax: 64,
    historyLinesMax: 10,
    historyBytesMax: 1000,
    pasteLinesMax: 5,
    complete,
    ...options,
  });
}

export function remembering(...lines: string[]): LineEditor {
  const editor = editorOf();
  for (const line of lines) editor.remember(line);
  return editor;
}

export function type(editor: LineEditor, text: string): EditorOutcome {
  return editor.press({ kind: 'text', text });
}

export function paste(editor: LineEditor, text: string | undefined): EditorOutcome {
  return editor.press({ kind: 'paste', text });
}

/** What the last of these keys did. */
export function press(editor: LineEditor, ...keys: KeyName[]): EditorOutcome | undefined {
  return keys.map((name) => editor.press({ kind: 'key', name })).at(-1);
}

/** The text with a bar where the cursor is, behind the editor's own prompt. */
export function seen(editor: LineEditor): string {
  const { prompt, text, cursor } = editor.view();
  return `${prompt ?? ''}${text.slice(0, cursor)}|${text.slice(cursor)}`;
}
