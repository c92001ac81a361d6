import { describe, expect, it } from '@jest/globals';
import { sampleNow } from '../../test/sample-now.js';
import { LiveView } from './live-view.js';

const screen = (isTTY: boolean, rows = 40, columns = 80) => {
  const written: string[] = [];
  return { isTTY, columns, rows, written, write: (text: string) => written.push(text) };
};
const happened = (...sentences: string[]) => sentences.map((sentence, index) => ({ id: index + 1, at: 0, sentence }));
const now = sampleNow({
  workloads: [{ workload: 'auth', autoscaling: null, pods: [] }],
  events: happened('auth-1 is ready'),
});

describe('the live view', () => {
  it('writes what happens once, and a line for what has changed, where it is no terminal', () => {
    const plain = screen(false);
    const view = new LiveView(plain);
    view.say('Bank: tellers');
    view.show(now);
    view.show({ ...now, events: happened('auth-1 is ready', 'auth-1 is gone') });
    const time = /^\d\d:\d\d:\d\d /;
    expect(plain.written.map((line) => line.replace(time, ''))).toEqual([
      'Bank: tellers\n',
      'auth-1 is ready\n',
      'auth: 0 of 0 ready; 0 req/s, 0 5xx\n',
      'auth-1 is gone\n',
    ]);
  });

  it('redraws in place on a terminal, with what happened last, and no longer than the terminal', () => {
    const terminal = screen(true, 10);
    const view = new LiveView(terminal);
    view.show(now);
    view.show(now);
    expect(terminal.written[0]).toContain('auth-1 is ready');
    const lines = terminal.written[0]!.split('\n').length - 1;
    expect(terminal.written[1]!.startsWith(`\u001B[${lines}A`)).toBe(true);
    view.show({ ...now, events: happened(...Array.from({ length: 30 }, (_, pod) => `auth-${pod} is gone`)) });
    expect(terminal.written[2]!.split('\n')).toHaveLength(10);
  });

  it('draws no line that is wider than the terminal', () => {
    const terminal = screen(true, 40, 40);
    const wide = { ...now, fault: 'x'.repeat(60) };
    new LiveView(terminal).show(wide);
    const lines = terminal.written[0]!.replace('\u001B[J', '').split('\n');
    const widths = lines.map((line) => line.replace('\u001B[2K', '').length);
    expect(Math.max(...widths)).toBe(39);
  });

  it('has its heading above on a terminal, and says what stays above both', () => {
    const terminal = screen(true);
    const view = new LiveView(terminal);
    view.heading = ['The page: here'];
    view.show(now);
    view.say('It goes on.');
    view.show(now);
    const [first = '', said = '', again = ''] = terminal.written;
    expect(first.startsWith('\u001B[2KThe page: here\n')).toBe(true);
    expect(said).toBe(`\u001B[${first.split('\n').length - 1}A\u001B[JIt goes on.\n`);
    expect(again).toBe(first);
  });

  it('writes plain lines without control codes where it is no terminal', () => {
    const plain = screen(false);
    new LiveView(plain).show(now);
    expect(plain.written.join('')).toContain('auth: 0 of 0 ready');
    expect(plain.written.join('')).not.toContain('\u001B');
  });

  it('draws nothing more once it is closed, and leaves what is drawn', () => {
    const plain = screen(false);
    const closed = new LiveView(plain);
    closed.close('The end.');
    closed.show(now);
    expect(plain.written).toEqual(['The end.\n']);
    const terminal = screen(true);
    const view = new LiveView(terminal);
    view.show(now);
    view.close('The end.');
    view.say('The scorecard.');
    expect(terminal.written.slice(1)).toEqual(['The end.\n', 'The scorecard.\n']);
  });

  it('shows what it reads until it is to end', async () => {
    const plain = screen(false);
    const stopping = new AbortController();
    const reading = new LiveView(plain).run(stopping.signal, () => now);
    stopping.abort();
    await reading;
    expect(plain.written[0]).toContain('auth-1 is ready');
  });
});
