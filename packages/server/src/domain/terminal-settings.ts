export const themes = ['any', 'dark', 'light', 'none'] as const;

/** What rings a terminal's bell: nothing, a whisper, or one's name being said as well. */
export const bells = ['off', 'whispers', 'mentions'] as const;

/** What a person has set for their terminal. */
export interface TerminalSettings {
  /** The background that colours are chosen for. */
  readonly theme: (typeof themes)[number];
  /** The time zone of the time in front of each line; no time when not given. */
  readonly timeZone: string | undefined;
  readonly bell: (typeof bells)[number];
}

export const defaultTerminalSettings: TerminalSettings = {
  theme: 'any',
  timeZone: undefined,
  bell: 'mentions',
};

/** The proper name of a time zone that the runtime knows (IANA's, without case); undefined for others. */
export function parseTimeZone(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
