import { describe, expect, it } from '@jest/globals';
import { sampleNow } from '../../test/sample-now.js';
import { WatchView } from './watch.js';

const screen = (isTTY: boolean, rows = 40) => {
  const written: string[] = [];
  return { isTTY, columns: 80, rows, written, write: (text: string) => written.push(text) };
};
const happened = (...sentences: string[]) => sentences.map((sentence, index) => ({ id: index + 1, at: 0, sentence }));
const now = sampleNow({
  workloads: [{ workload: 'auth', autoscaling: null, pods: [] }],
  events: happened('auth-1 is ready'),
});

describe('the watch', () => {
  it('writes what happens once, and a line for what has changed, where it is no terminal', () => {
    const plain = screen(false);
    const view = new WatchView(plain);
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
    const view = new WatchView(terminal);
    view.show(now);
    view.show(now);
    expect(terminal.written[0]).toContain('auth-1 is ready');
    const lines = terminal.written[0]!.split('\n').length - 1;
    expect(terminal.written[1]!.startsWith(`\u001B[${lines}A`)).toBe(true);
    view.show({ ...now, events: happened(...Array.from({ length: 30 }, (_, pod) => `auth-${pod} is gone`)) });
    expect(terminal.written[2]!.split('\n')).toHaveLength(10);
  });
});
