import { describe, expect, it } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { PodJournal } from './pod-journal.js';

const pod = (state: 'starting' | 'ready' | 'terminating', restarts = 0, uid = 'u1'): V1Pod => ({
  metadata: {
    name: 'tellers-account-x',
    uid,
    labels: { 'app.kubernetes.io/component': 'account' },
    ...(state === 'terminating' && { deletionTimestamp: new Date(0) }),
  },
  status: {
    conditions: [{ type: 'Ready', status: state === 'starting' ? 'False' : 'True' }],
    containerStatuses: [
      {
        restartCount: restarts,
        lastState: { terminated: { exitCode: 1 } },
        name: 'account',
        image: '',
        imageID: '',
        ready: true,
      },
    ],
  },
});
const told = (journal: PodJournal, one: V1Pod, gone = false) =>
  journal.read(one, gone, 5).map(({ at, pod: { phase }, reason }) => [at, phase, reason]);

describe('the journal of pods', () => {
  it('tells each phase once, however often the cluster changes its record', () => {
    const journal = new PodJournal();
    expect(told(journal, pod('starting'))).toEqual([[5, 'starting', undefined]]);
    expect(told(journal, pod('starting'))).toEqual([]);
    expect(told(journal, pod('ready'))).toEqual([[5, 'ready', undefined]]);
    expect(told(journal, pod('terminating'))).toEqual([[5, 'terminating', undefined]]);
    expect(told(journal, pod('terminating'), true)).toEqual([[5, 'gone', undefined]]);
  });

  it('says why a pod goes where the lab did it, of one pod or of all of a workload', () => {
    const journal = new PodJournal();
    journal.because('u1', 'killed');
    journal.because('account', 'rolled');
    expect(told(journal, pod('terminating'))).toEqual([[5, 'terminating', 'killed']]);
    expect(told(journal, pod('terminating', 0, 'u2'))).toEqual([[5, 'terminating', 'rolled']]);
    journal.forget('account');
    expect(told(journal, pod('terminating', 0, 'u3'))).toEqual([[5, 'terminating', undefined]]);
    expect(told(journal, pod('starting', 0, 'u4'))).toEqual([[5, 'starting', undefined]]);
  });

  it('tells a crash in place, and with which code', () => {
    const journal = new PodJournal();
    journal.read(pod('ready'), false);
    expect(told(journal, pod('starting', 1))).toEqual([
      [5, 'gone', 'crashed with code 1'],
      [5, 'starting', undefined],
    ]);
  });

  it('tells nothing of pods that are not the bank’s', () => {
    expect(new PodJournal().read({ metadata: { labels: {} } }, false)).toEqual([]);
  });
});
