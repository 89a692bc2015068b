/** The size of a window, in characters. A side that is undefined or 0 is not known. */
export interface WindowSize {
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

/** The size that is drawn for. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** What is taken for a window that does not tell its size: that of the VT100, and of telnet's NVT. */
const unknown: ScreenSize = { columns: 80, rows: 24 };

/** A wide character needs two columns, so with fewer there would be text that fits nowhere. */
const columnsMin = 2;

/** The size to draw for, whatever a client says of its window. */
export function screenSizeOf({ columns, rows }: WindowSize): ScreenSize {
  return {
    columns: Math.max(columns || unknown.columns, columnsMin),
    rows: Math.max(rows || unknown.rows, 1),
  };
}
