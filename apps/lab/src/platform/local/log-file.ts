import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** A file that another process appends lines to; read from where it ended when this was made. */
export class LogFile {
  #offset: number;
  #rest = '';

  constructor(private readonly path: string) {
    this.#offset = existsSync(path) ? statSync(path).size : 0;
  }

  /** The whole lines that came since the last call. */
  newLines(): string[] {
    const file = openSync(this.path, 'r');
    try {
      const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - this.#offset));
      this.#offset += readSync(file, bytes, 0, bytes.length, this.#offset);
      const lines = (this.#rest + bytes.toString()).split('\n');
      this.#rest = lines.pop() ?? '';
      return lines;
    } finally {
      closeSync(file);
    }
  }
}

const readableLength = 300;
/** Where in a program something was thrown, as Node and Java print it: what was thrown stands above it. */
const stackFrame = /^\s+at \S/;

/** The last lines of a log, of those that hold a text, for a person to read: without stacks, and long ones are cut. */
export function tailOf(path: string, lines = 6, holding = ''): string {
  if (!existsSync(path)) return '';
  const all = readFileSync(path, 'utf8').trimEnd().split('\n');
  const telling = all.filter((line) => line.trim() !== '' && !stackFrame.test(line));
  const last = telling.filter((line) => line.includes(holding)).slice(-lines);
  return last.map((line) => (line.length > readableLength ? `${line.slice(0, readableLength)}…` : line)).join('\n');
}
