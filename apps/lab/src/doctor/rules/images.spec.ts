import { describe, expect, it } from '@jest/globals';
import { node, snapshot, unwell } from '../../../test/cluster-snapshot.js';
import { images } from './images.js';

const message =
  'failed to pull and unpack image "docker.io/library/tellers:9.9.9": failed to resolve reference: not found';
const want = (reason: string, text = message) =>
  unwell(
    'account',
    { state: { waiting: { reason, message: text } } },
    { containers: [{ name: 'account', image: 'tellers:9.9.9' }] },
  );

describe('images', () => {
  it.each(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull'])(
    'tells %s with the tags that the nodes do have',
    (reason) => {
      const [found] = images(snapshot({ pods: [want(reason)] }));
      expect(found!.sentence).toBe(
        'The image tellers:9.9.9 is not on tellers-worker and cannot be pulled; deployment/tellers-account needs it. ' +
          'The nodes have tellers:0.1.0.',
      );
      expect(found!.evidence).toEqual([message]);
    },
  );

  it('offers the tag that is there, else to build and load this one on kind', () => {
    const [found] = images(snapshot({ pods: [want('ErrImagePull')] }));
    expect(found!.next).toEqual([
      'helm --kube-context kind-tellers --namespace tellers upgrade tellers helm/tellers --reset-then-reuse-values --set image.tag=0.1.0',
      'docker build --tag tellers:9.9.9 . && kind load docker-image tellers:9.9.9 --name tellers',
    ]);
  });

  it('loads by minikube where the nodes are its own', () => {
    const own = node('tellers');
    const nodes = [{ ...own, metadata: { ...own.metadata, labels: { 'minikube.k8s.io/name': 'tellers' } } }];
    const [found] = images(snapshot({ context: 'tellers', nodes, pods: [want('ErrImagePull')] }));
    expect(found!.next).toEqual([
      'docker build --tag tellers:9.9.9 . && minikube image load tellers:9.9.9 --profile tellers',
    ]);
  });

  it('says that no command does on any other cluster', () => {
    const [found] = images(snapshot({ context: 'prod', nodes: undefined, pods: [want('ErrImagePull')] }));
    expect(found!.next).toEqual([]);
    expect(found!.look).toEqual([expect.stringContaining('describe pod tellers-account')]);
  });

  it('tells one thing once for all pods, by the message that says why', () => {
    const again = 'Back-off pulling image "tellers:9.9.9"';
    const pods = [want('ImagePullBackOff', again), want('ImagePullBackOff', `${again}: ErrImagePull: ${message}`)];
    const found = images(snapshot({ pods }));
    expect(found.map(({ evidence }) => evidence)).toEqual([[message]]);
  });

  it('says nothing of a pod that waits for something else', () => {
    expect(images(snapshot({ pods: [want('ContainerCreating')] }))).toEqual([]);
  });
});
