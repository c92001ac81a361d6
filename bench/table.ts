import type { Result } from './result.js';

const columns = ['figure', 'ratio', 'target', 'met', 'spread', 'ratio of'] as const;

/** The results as a table for a terminal, each row followed by what it was made of. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    result.ratio.toFixed(2),
    `${result.bound} ${result.target.toFixed(2)}`,
    `${result.met ? 'yes' : 'NO'}${result.noisy ? ', noisy' : ''}`,
    `${result.lowest.toFixed(2)} to ${result.highest.toFixed(2)} (${result.rounds})`,
    result.basis,
  ]);
  const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd();
  const notes = results.map(({ title, notes: numbers }) => {
    const list = Object.entries(numbers).map(([what, number]) => `${what} ${number}`);
    return `    ${title}; ${list.join(', ')}`;
  });
  return [line(columns), ...rows.flatMap((row, at) => [line(row), notes[at]!])].join('\n');
}
