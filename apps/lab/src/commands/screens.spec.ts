import { describe, expect, it } from '@jest/globals';
import type { LiveSnapshot } from '../report/live.js';
import { LiveScreen } from './live-screen.js';
import { Progress } from './progress.js';

const screen = (isTTY: boolean, columns = 40) => {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
};
const snapshot: LiveSnapshot = { elapsedMs: 0, styles: [], pods: [], audit: undefined };

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

describe('LiveScreen', () => {
  it('draws over its last drawing on a terminal', () => {
    const terminal = screen(true);
    const live = new LiveScreen(terminal);
    live.show(snapshot);
    live.show(snapshot);
    const [first = '', second = ''] = terminal.written;
    const lines = first.split('\n').length - 1;
    expect(second.startsWith(`\u001B[${lines}A`)).toBe(true);
    expect(first.split('\n').every((line) => line.replace('\u001B[2K', '').replace('\u001B[J', '').length < 40)).toBe(
      true,
    );
  });

  it('writes plain lines without control codes anywhere else', () => {
    const plain = screen(false);
    new LiveScreen(plain).show(snapshot);
    expect(plain.written.join('')).not.toContain('\u001B');
  });

  it('draws nothing more once it is closed', () => {
    const plain = screen(false);
    const live = new LiveScreen(plain);
    live.close('The end.');
    live.show(snapshot);
    expect(plain.written).toEqual(['The end.\n']);
  });
});
