/** What one node sends another for one of its people. */
export type Letter =
  | {
      readonly kind: 'whisper';
      /** Connections, unique over all nodes. */
      readonly to: string;
      readonly sender: string;
      readonly toName: string;
      readonly fromName: string;
      readonly text: string;
      /** Whether other connections of theirs are sent it too. */
      readonly isOneOfSome?: boolean;
    }
  | { readonly kind: 'line'; readonly to: string; readonly line: string };
