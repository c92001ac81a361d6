import { describe, expect, it } from '@jest/globals';
import type { WorkloadState } from '../report/bank-now.js';
import { WatchView } from './watch.js';

const screen = (isTTY: boolean, rows = 40) => {
  const written: string[] = [];
  return { isTTY, columns: 80, rows, written, write: (text: string) => written.push(text) };
};
const bank: WorkloadState[] = [{ workload: 'auth', autoscaling: null, pods: [] }];

describe('the watch', () => {
  it('writes what happens, and a line for what has changed, where it is no terminal', () => {
    const plain = screen(false);
    const view = new WatchView(plain);
    view.happened('auth-1 is ready');
    view.show(bank);
    view.show(bank);
    const time = /^\d\d:\d\d:\d\d /;
    expect(plain.written.map((line) => line.replace(time, ''))).toEqual([
      'auth-1 is ready\n',
      'auth: 0 of 0 ready; 0 req/s, 0 5xx\n',
    ]);
  });

  it('redraws in place on a terminal, with what happened last, and no longer than the terminal', () => {
    const terminal = screen(true, 6);
    const view = new WatchView(terminal);
    view.happened('auth-1 is ready');
    view.show(bank);
    view.show(bank);
    expect(terminal.written[0]).toContain('auth-1 is ready');
    expect(terminal.written[1]!.startsWith('\u001B[4A')).toBe(true);
    for (let pod = 0; pod < 9; pod++) view.happened(`auth-${pod} is gone`);
    view.show(bank);
    expect(terminal.written[2]!.split('\n')).toHaveLength(6);
  });
});
