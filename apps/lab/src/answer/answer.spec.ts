import { describe, expect, it } from '@jest/globals';
import { advisingScorecard, advisingWith, advisingWithFigures, forecasts } from '../../test/sample-figures.js';
import { sampleSection } from '../../test/sample-scorecard.js';
import { advise } from '../advise/advice.js';
import { measuredIn } from '../advise/measured.js';
import { fellBehind } from '../load/fell-behind.js';
import { killHere } from '../platform/platform.js';
import type { AnswerCell } from '../report/headline-answer.js';
import { cellText } from '../report/headline-answer.js';
import type { Scorecard } from '../report/scorecard.js';
import { answerOf } from './answer.js';
import { typicalWorkloads } from './typical-workloads.js';

/** A row's cells by mode, and the reason of each that has one. */
function rowOf(scorecard: Scorecard, label: string): Record<string, AnswerCell & { readonly reason?: string }> {
  const { modes, groups, untold } = answerOf(scorecard);
  const row = groups.flatMap(({ rows }) => rows).find((one) => one.label === label)!;
  return Object.fromEntries(
    row.cells.map((cell, index) => [
      modes[index]!.name,
      { ...cell, ...(cell.why !== undefined && { reason: untold[cell.why - 1]! }) },
    ]),
  );
}

const never = { value: null, low: 5_000, high: null, samples: [null] };
const slow = {
  ...advisingScorecard,
  sections: [{ ...sampleSection, name: 'rebalance', figures: { sticky: { even: never } } }],
};
const cpu = 'CPU for one request more';

describe('the answer of a scorecard', () => {
  it('tells what each mode costs and loses, with units', () => {
    expect(rowOf(advisingScorecard, cpu)['shared']).toMatchObject({ text: '700\u00a0µs', interval: '686 – 714' });
    expect(rowOf(advisingScorecard, 'bytes a request of a journey')['stateless']!.text).toBe('1200\u00a0B');
    expect(rowOf(advisingScorecard, 'a pod killed: sessions lost')['sticky']!.text).toBe('50 of 50');
    expect(rowOf(advisingScorecard, 'store operations a request')['shared']!.text).toBe('2');
  });

  it('takes no memory for less than none', () => {
    const noisy = advisingWithFigures('memory', 'stateless', { kept: -48 });
    expect(rowOf(noisy, 'heap for a session in a pod')['stateless']!.text).toBe('0\u00a0B');
  });

  it('leaves the rows of an experiment out that was not run, and says once which these were', () => {
    const { groups, untold } = answerOf(advisingScorecard);
    expect(groups.flatMap(({ rows }) => rows.map(({ label }) => label))).not.toContain('a scale-in: sessions lost');
    expect(untold).toContain('Not run: wizard, scale-in, store-down, scale-out, rebalance, speed-up.');
  });

  it('says in its cell that an experiment was not run in this mode, or did not end', () => {
    const { figures } = advisingScorecard.sections.find(({ name }) => name === 'advise')!;
    const without = advisingWith('advise', { figures: { sticky: figures['sticky']! } });
    expect(rowOf(without, cpu)['shared']!.reason).toBe('advise was not run in stateless, unpinned, handoff, shared.');
    expect(rowOf(advisingWith('advise', { fault: 'No pod is ready.' }), cpu)['sticky']).toMatchObject({
      text: 'no end',
      reason: 'advise did not come to an end: No pod is ready.',
    });
  });

  it('says in its cell that a figure is void, and why', () => {
    const behind = advisingWithFigures('advise', 'sticky', { perAct: null });
    const notes = [`${fellBehind}, and latencies are void in sticky.`];
    const sections = behind.sections.map((one) => (one.name === 'advise' ? { ...one, notes } : one));
    const cell = rowOf({ ...behind, sections }, 'requests for an act of a user')['sticky'];
    expect(cell).toMatchObject({ text: 'void', reason: `advise: ${notes[0]}` });
  });

  it('says that a figure was not there in time', () => {
    expect(rowOf(slow, 'twice the pods: even after')['sticky']).toEqual({ value: Infinity, text: 'not in time' });
  });

  it('doubts every figure of a quick run, and says why once, before them', () => {
    const quick = { ...advisingScorecard, settings: { ...advisingScorecard.settings, quick: true } };
    expect(rowOf(quick, cpu)['sticky']).toMatchObject({ text: '400\u00a0µs\u00a0?' });
    expect(answerOf(quick).caution).toMatch(/^This was a quick run/);
    expect(answerOf(advisingScorecard).caution).toBeUndefined();
  });

  it('doubts the figures that decided a claim that could not be told', () => {
    const open = { ...forecasts('cannot tell here'), number: 10, decidedBy: ['lost'] };
    const cell = rowOf(advisingWith('rolling-update', { claims: [open] }), 'a rollout: sessions lost')['sticky']!;
    expect(cell).toMatchObject({ text: '100 of 100\u00a0?', reason: expect.stringMatching(/^Claim 10 \(rolling-update\)/) }); // prettier-ignore
    expect(cellText(cell)).toBe(`100 of 100\u00a0? [${cell.why}]`);
  });

  it('doubts what a kill left that was no crash, where a pod hands over what it has', () => {
    const note = `${killHere} a deletion, in which a pod saves what it can.`;
    const row = rowOf(advisingWith('amnesia', { notes: [note] }), 'a pod killed: sessions lost');
    expect(row['handoff']).toMatchObject({ text: '50 of 50\u00a0?', reason: note });
    expect(row['sticky']).toMatchObject({ text: '50 of 50' });
  });

  it('advises what `lab advise` does, and gives its error', () => {
    const { cases, cautions, error } = answerOf(advisingScorecard).advised;
    const measured = measuredIn(advisingScorecard);
    expect(cases.map(({ mode }) => mode)).toEqual(
      typicalWorkloads.map(({ workload }) => advise(measured, workload).mode),
    );
    expect(new Set(cases.map(({ mode }) => mode)).size).toBeGreaterThan(1);
    for (const { advice } of cases) expect(advice).toMatch(/pods \(±\d+%\)/);
    expect(error).toContain('CPU 20 %');
    expect(cautions).toEqual([]);
  });

  it('warns of advice whose forecasts could not be told, and has that claim among what could not be', () => {
    const { advised, untold } = answerOf(advisingWith('advise', { claims: [forecasts('cannot tell here')] }));
    expect(advised.cautions).toEqual([expect.stringContaining('TAKE CARE')]);
    expect(untold).toContainEqual(expect.stringMatching(/^Claim 11 \(advise\)/));
  });

  it('reckons the CPU for an act from that of a request and the requests that it takes', () => {
    const { advise: section } = Object.fromEntries(advisingScorecard.sections.map((one) => [one.name, one]));
    const { cpu: request, perAct } = section!.figures['stateless']!;
    const { value } = rowOf(advisingScorecard, 'CPU for an act of a user')['stateless']!;
    expect(value).toBeCloseTo(request!.value! * perAct!.value!);
    expect(value).toBeGreaterThan(request!.value!);
  });

  it('gives no advice by a report that carries none, and says why', () => {
    const { cases, cautions } = answerOf(advisingWith('advise', { claims: [forecasts('does not hold')] })).advised;
    expect(cases).toEqual([]);
    expect(cautions).toEqual([expect.stringContaining('This report carries no advice. Its forecasts did not come')]);
  });
});
