import { describe, expect, it } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { EventMapper } from './event-mapper.js';
import { componentOf } from '../../bank/kubernetes/find-bank.js';

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
const reported = (eventMapper: EventMapper, one: V1Pod, gone = false) =>
  eventMapper.read(one, gone, 5).map(({ at, pod: { phase }, reason }) => [at, phase, reason]);

describe('EventMapper', () => {
  it('tells each phase once, however often the cluster changes its record', () => {
    const eventMapper = new EventMapper({ workloadOf: componentOf });
    expect(reported(eventMapper, pod('starting'))).toEqual([[5, 'starting', undefined]]);
    expect(reported(eventMapper, pod('starting'))).toEqual([]);
    expect(reported(eventMapper, pod('ready'))).toEqual([[5, 'ready', undefined]]);
    expect(reported(eventMapper, pod('terminating'))).toEqual([[5, 'terminating', undefined]]);
    expect(reported(eventMapper, pod('terminating'), true)).toEqual([[5, 'gone', undefined]]);
  });

  it('says why a pod goes where the lab did it, of one pod or of all of a workload', () => {
    const eventMapper = new EventMapper({ workloadOf: componentOf });
    eventMapper.because('u1', 'killed');
    eventMapper.because('account', 'rolled');
    expect(reported(eventMapper, pod('terminating'))).toEqual([[5, 'terminating', 'killed']]);
    expect(reported(eventMapper, pod('terminating', 0, 'u2'))).toEqual([[5, 'terminating', 'rolled']]);
    eventMapper.forget('account');
    expect(reported(eventMapper, pod('terminating', 0, 'u3'))).toEqual([[5, 'terminating', undefined]]);
    expect(reported(eventMapper, pod('starting', 0, 'u4'))).toEqual([[5, 'starting', undefined]]);
  });

  it('tells a crash in place, and with which code', () => {
    const eventMapper = new EventMapper({ workloadOf: componentOf });
    eventMapper.read(pod('ready'), false);
    expect(reported(eventMapper, pod('starting', 1))).toEqual([
      [5, 'gone', 'crashed with code 1'],
      [5, 'starting', undefined],
    ]);
  });

  it('tells nothing of pods that are not the bank’s', () => {
    expect(new EventMapper({ workloadOf: componentOf }).read({ metadata: { labels: {} } }, false)).toEqual([]);
  });
});
