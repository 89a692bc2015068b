/** What stands in the last rows of a screen: a prompt, what has been typed, and where the cursor is. */
export interface InputView {
  readonly prompt: string;
  readonly text: string;
  /** An index into the text, between two characters as a person sees them. */
  readonly cursor: number;
}
