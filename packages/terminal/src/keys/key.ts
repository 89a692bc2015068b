/** The keys of an editor, by what they do (the names are readline's and xterm's). */
export type KeyName =
  | 'enter'
  | 'tab'
  | 'shift-tab'
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  /** ^W, back to a space; alt-backspace is delete-word-left, which stops at punctuation too. */
  | 'rubout-word'
  | 'delete-word-left'
  | 'delete-word-right'
  | 'delete-to-start'
  | 'delete-to-end'
  | 'yank'
  | 'transpose'
  | 'search-history'
  | 'clear-screen'
  | 'interrupt'
  | 'end-of-input'
  /** ^G: as if it had not been begun. */
  | 'cancel'
  /** ESC twice, or ESC before the sequence of another key, which then follows. */
  | 'escape';

/** One thing that a person did at a terminal, or that the terminal answered. */
export type Key =
  /** Characters to be typed in; never a control. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'key'; readonly name: KeyName }
  /** A whole bracketed paste, its lines ended with LF; undefined when it was longer than allowed. */
  | { readonly kind: 'paste'; readonly text: string | undefined }
  /**
   * Where the cursor is, from 1, as asked for with CSI 6 n. It is to be ignored if nobody asked:
   * xterm sends F3 with a modifier as CSI 1 ; 5 R.
   */
  | { readonly kind: 'cursor-report'; readonly row: number; readonly column: number };
