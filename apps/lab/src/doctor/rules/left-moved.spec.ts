import { expect, it } from '@jest/globals';
import { keptAnnotation } from '../../platform/kubernetes/before-the-lab.js';
import { autoscaler, container, pod, snapshot, workload } from '../../../test/cluster-snapshot.js';
import { leftMoved } from './left-moved.js';

const by = (manager: string, fields: object) => [{ manager, fieldsV1: { 'f:spec': fields } }];
const kept = (before: object, set: object) => ({ [keptAnnotation]: JSON.stringify({ before, set }) });

function bounds(manager: string) {
  const hpa = autoscaler('account');
  const [own, set] = [
    { minReplicas: 2, maxReplicas: 6 },
    { minReplicas: 3, maxReplicas: 3 },
  ];
  const managedFields = by(manager, { 'f:minReplicas': {}, 'f:maxReplicas': {} });
  return {
    ...hpa,
    metadata: { ...hpa.metadata, managedFields, annotations: kept(own, set) },
    spec: { ...hpa.spec, ...set },
  };
}

function replicas() {
  const one = workload('account', 4, 4);
  const managedFields = by('tellers-lab', { 'f:replicas': {} });
  return { ...one, metadata: { ...one.metadata, managedFields, annotations: kept({ replicas: 2 }, { replicas: 4 }) } };
}

function limited() {
  const resources = { limits: { cpu: '50m' } };
  const one = pod('account', { containers: [{ ...container('account'), resources }] });
  const own = { 'f:containers': { 'k:{"name":"account"}': { 'f:resources': { 'f:limits': { 'f:cpu': {} } } } } };
  return { ...one, metadata: { ...one.metadata, managedFields: by('tellers-lab', own) } };
}

it('tells once what a lab has left: bounds, replicas, and the CPU of pods', () => {
  const template = { containers: [{ ...container('account'), resources: { limits: { cpu: '500m' } } }] };
  const moved = replicas();
  const workloads = [{ ...moved, spec: { ...moved.spec, template: { spec: template } } }];
  const [found, ...more] = leftMoved(snapshot({ autoscalers: [bounds('tellers-lab')], workloads, pods: [limited()] }));
  expect(more).toEqual([]);
  for (const words of [
    'the bounds of hpa/tellers-account (3 to 3 pods, before it 2 to 6)',
    'the replicas of deployment/tellers-account (4, before it 2)',
    'the CPU limit of pod/tellers-account-7c9f4-abcde (50m, before it 500m)',
  ]) {
    expect(found!.sentence).toContain(words);
  }
  expect(found!.next).toEqual(['npm run lab -- restore --context kind-tellers --namespace tellers --release tellers']);
});

it('says nothing of what somebody else has set since', () => {
  expect(leftMoved(snapshot({ autoscalers: [bounds('helm')] }))).toEqual([]);
});
