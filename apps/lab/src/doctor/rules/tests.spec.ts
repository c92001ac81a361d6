import { expect, it } from '@jest/globals';
import { pod, snapshot } from '../../../test/cluster-snapshot.js';
import { isFault } from '../render.js';
import { leftBehind, tests } from './tests.js';

const failed = pod('test', { status: { phase: 'Failed' } });

it('tells a failed test beside the bank, which is no fault', () => {
  const [found] = tests(snapshot({ testPods: [failed], previousLogs: { [failed.metadata.name]: 'no answer\n' } }));
  expect(isFault(found!)).toBe(false);
  expect(found!.evidence).toEqual(['no answer']);
  expect(tests(snapshot({ testPods: [pod('test')] }))).toEqual([]);
});

it('names the release that has left it', () => {
  expect(leftBehind([failed], 'c')[0]!.sentence).toContain('The release tellers is gone, and has left ');
});
