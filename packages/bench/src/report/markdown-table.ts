function widthOf(rows: readonly (readonly string[])[], column: number): number {
  return Math.max(...rows.map((row) => row[column]?.length ?? 0));
}

/**
 * A Markdown table whose columns line up when it is read as text. The first `labels` columns are
 * flush left, the figures behind them flush right.
 */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  labels: number,
): string {
  const widths = headings.map((_, column) => Math.max(3, widthOf([headings, ...rows], column)));
  const cells = (row: readonly string[]): string =>
    widths
      .map((width, column) => {
        const text = row[column] ?? '';
        return column < labels ? text.padEnd(width) : text.padStart(width);
      })
      .join(' | ');
  const rule = widths
    .map((width, column) => (column < labels ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
    .join(' | ');
  return [cells(headings), rule, ...rows.map(cells)].map((line) => `| ${line} |`).join('\n');
}
