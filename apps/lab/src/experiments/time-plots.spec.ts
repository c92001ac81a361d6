import { describe, expect, it } from '@jest/globals';
import { BankRecorder } from '../bank/mode-record.js';
import { plotSchema } from '../report/plot.js';
import { loadPerPod, sessionsOverTime } from './time-plots.js';

/** A recorder that has been running for three and a half seconds. */
function threeSecondsOn() {
  const recorder = Object.assign(new BankRecorder(), { startedAt: performance.now() - 3_500 });
  return {
    recorder,
    record: recorder.of('sticky'),
    actions: [{ at: recorder.startedAt + 1_500, label: 'a is killed' }],
  };
}

describe('loadPerPod', () => {
  it('draws a line for each pod, with a mark where something was done', () => {
    const { recorder, record, actions } = threeSecondsOn();
    for (const ms of [100, 200, 1_100, 2_500]) record.timeline.add('a', ms);
    record.timeline.add('b', 2_700);
    const plot = loadPerPod(recorder, record, actions);
    expect(plotSchema.parse(plot)).toEqual(plot);
    expect(plot.series.map(({ name, points }) => [name, points])).toEqual([
      [
        'a',
        [
          [0, 2],
          [1, 1],
          [2, 1],
        ],
      ],
      [
        'b',
        [
          [0, 0],
          [1, 0],
          [2, 1],
        ],
      ],
    ]);
    expect(plot.marks).toEqual([{ x: expect.closeTo(1.5), label: 'a is killed' }]);
    expect(plot.about).toContain('2 pods of sticky');
  });
});

describe('sessionsOverTime', () => {
  it('draws what was open, and what was lost by each cause', () => {
    const { recorder, record, actions } = threeSecondsOn();
    const session = { mode: 'sticky' as const, home: undefined, end: undefined };
    record.opened(session);
    record.ended({ ...session, end: { how: 'lost', cause: 'session-owner-gone', unfinished: undefined } });
    record.opened({ ...session });
    const plot = sessionsOverTime(Object.assign(recorder, { startedAt: recorder.startedAt - 1_000 }), record, actions);
    expect(plotSchema.parse(plot)).toEqual(plot);
    expect(plot.series.map(({ name, points }) => [name, points.at(-1)])).toEqual([
      ['open', [3, 2]],
      ['lost: owner-gone', [3, 1]],
    ]);
    expect(plot.about).toContain('1 were lost by session-owner-gone');
  });
});
