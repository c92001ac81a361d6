import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.js';

const screen = (isTTY: boolean, columns = 40) => {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
};

describe('Progress', () => {
  it('writes a line for each sentence where it cannot redraw', () => {
    const plain = screen(false);
    const progress = new Progress(plain);
    progress.say('one');
    progress.done();
    expect(plain.written).toEqual(['0:00 one\n']);
  });

  it('changes one line on a terminal, no longer than it is wide, and clears it at the end', () => {
    const terminal = screen(true, 20);
    const progress = new Progress(terminal);
    progress.say('a sentence that is too long for it');
    progress.done();
    expect(terminal.written).toEqual(['\r\u001B[2K0:00 a sentence tha', '\r\u001B[2K']);
  });
});
