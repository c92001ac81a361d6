import { describe, expect, it } from '@jest/globals';
import { BankRecorder } from '../bank/mode-record.js';
import type { Platform } from '../platform/platform.js';
import { styleNow, takeSnapshot, type LiveSnapshot } from './live.js';
import { renderLive, renderLiveLine } from './live-view.js';

const lost = { 'session-owner-gone': 12, 'session-expired': 3 };
const snapshot: LiveSnapshot = {
  elapsedMs: 65_000,
  styles: (['stateless', 'sticky'] as const).map((mode) => ({
    ...styleNow(new BankRecorder().of(mode), 65_000),
    perSecond: 1234.5,
    p50Ms: 1.234,
    p99Ms: 1234.5,
    requests: 12_345_678,
    sentHeader: 712.3,
    sentBody: 44.1,
    lost: mode === 'sticky' ? 15 : 0,
    lostBy: mode === 'sticky' ? lost : {},
  })),
  pods: [
    { name: 'session-sticky-1', phase: 'terminating', perSecond: 12.3, memoryBytes: 98_765_432 },
    { name: 'account-5d8f7-abcde', phase: 'starting', perSecond: 0, memoryBytes: undefined },
  ],
  audit: { report: { clean: true, accounts: 201, transfers: 12_345, breach: null }, at: new Date(0) },
};

describe('renderLive', () => {
  it('fits 80 columns', () => {
    expect(renderLive(snapshot).filter((line) => line.length > 80)).toEqual([]);
  });

  it('shows both styles side by side, with losses by cause', () => {
    const text = renderLive(snapshot).join('\n');
    expect(text).toMatch(/stateless \(\/account\) +stateful \(\/session\)/);
    expect(text).toMatch(/session-owner-gone +0 +12/);
    expect(text).toMatch(/sent a request: header \+ body +712 B \+ 44\.1 B/);
    expect(text).toMatch(/session-sticky-1 +terminating +12\.3 +99 MB/);
    expect(text).toContain('12345 transfers in 201 accounts, audit clean');
  });

  it('has a line for each mode where there are more than two', () => {
    const [stateless, sticky] = snapshot.styles;
    const styles = [stateless!, sticky!, { ...sticky!, mode: 'unpinned' as const, lostBy: { misrouted: 7 } }];
    const lines = renderLive({ ...snapshot, styles });
    expect(lines.filter((line) => line.length > 79)).toEqual([]);
    expect(lines.join('\n')).toMatch(/\nsticky +1235 +1\.23 ms +1235 ms .* 15\n/);
    expect(lines.join('\n')).toContain('  unpinned: misrouted 7');
  });

  it('says so when money is not right, and when it was not audited', () => {
    const report = { clean: false, accounts: 1, transfers: 1, breach: 'M1: the sum is off by 5' };
    expect(renderLive({ ...snapshot, audit: { report, at: new Date(0) } }).join('\n')).toContain('M1: the sum is off');
    expect(renderLive({ ...snapshot, audit: { failed: 'timed out', at: new Date(0) } }).join('\n')).toContain(
      'timed out',
    );
    expect(renderLive({ ...snapshot, audit: undefined }).join('\n')).toContain('not audited yet');
  });

  it('tells the same in one line where nothing can be redrawn', () => {
    expect(renderLiveLine(snapshot)).toMatch(/^1:05 \| stateless 1235\/s .* \| stateful .* lost 15 .*audit clean/);
  });
});

describe('takeSnapshot', () => {
  it('joins what the recorder counted for a pod with what the platform knows of it', async () => {
    const recorder = new BankRecorder();
    Object.assign(recorder, { startedAt: performance.now() - 4_500 });
    for (const ms of [1_000, 2_000, 2_500, 3_000]) recorder.of('sticky').timeline.add('session-sticky-0', ms);
    const platform: Pick<Platform, 'pods' | 'usage'> = {
      pods: async () => [{ name: 'session-sticky-0', workload: 'session-sticky', phase: 'ready', bootId: 'b' }],
      usage: async () => new Map([['session-sticky-0', { memoryBytes: 5e7, cpuSeconds: 1 }]]),
    };
    const { pods } = await takeSnapshot(recorder, platform as Platform, undefined, []);
    expect(pods).toEqual([{ name: 'session-sticky-0', phase: 'ready', perSecond: 1, memoryBytes: 5e7 }]);
  });
});
