import { describe, expect, it } from '@jest/globals';
import { BankRecorder } from '../bank/mode-record.js';
import { plotSchema } from '../report/plot.js';
import { actionNow, loadPerPod, sessionsOverTime } from './time-plots.js';

/** A recorder that has been running for three and a half seconds. */
function threeSecondsOn() {
  const recorder = Object.assign(new BankRecorder(), { startedAt: performance.now() - 3_500 });
  return {
    recorder,
    record: recorder.of('sticky'),
    actions: [{ at: recorder.startedAt + 1_500, label: 'a is killed', open: 3, lostBy: new Map() }],
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
          [0.5, 2],
          [1.5, 1],
          [2.5, 1],
        ],
      ],
      [
        'b',
        [
          [0.5, 0],
          [1.5, 0],
          [2.5, 1],
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
      ['open', [4, 2]],
      ['lost: owner-gone', [4, 1]],
    ]);
    expect(plot.about).toContain('1 were lost by session-owner-gone');
  });

  it('has the true values where something was done: nothing is lost by a kill before it', () => {
    const { recorder, record } = threeSecondsOn();
    const session = { mode: 'sticky' as const, home: undefined, end: undefined };
    for (let open = 0; open < 9; open++) record.opened({ ...session });
    const killed = { ...actionNow('a is killed', record), at: recorder.startedAt + 3_400 };
    for (let open = 0; open < 3; open++) record.opened({ ...session });
    record.ended({ ...session, end: { how: 'lost', cause: 'session-owner-gone', unfinished: undefined } });
    const [open, lost] = sessionsOverTime(Object.assign(recorder, { elapsedMs: () => 4_500 }), record, [killed]).series;
    expect(open!.points.slice(-2)).toEqual([
      [expect.closeTo(3.4), 9],
      [4, 12],
    ]);
    expect(lost!.points.slice(-2)).toEqual([
      [expect.closeTo(3.4), 0],
      [4, 1],
    ]);
  });
});
