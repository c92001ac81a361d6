import { describe, expect, it } from '@jest/globals';
import { labels, snapshot } from '../../../test/cluster-snapshot.js';
import type { VolumeClaim, StorageClass } from '../kube-objects.js';
import { storage } from './storage.js';

const claim = (storageClassName?: string, phase = 'Pending'): VolumeClaim => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data-tellers-redis-0', labels: labels('redis') },
  spec: storageClassName === undefined ? {} : { storageClassName },
  status: { phase },
});
const storageClass = (name: string, isDefault: boolean): StorageClass => ({
  kind: 'StorageClass',
  metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': String(isDefault) } },
});

describe('storage', () => {
  it('marks a class as the default where there is none', () => {
    const [found] = storage(snapshot({ claims: [claim()], storageClasses: [storageClass('fast', false)] }));
    expect(found!.sentence).toContain('the default storage class, and there is none. The cluster has fast.');
    expect(found!.next[0]).toContain(
      'annotate --overwrite storageclass fast storageclass.kubernetes.io/is-default-class=true',
    );
  });

  it('does without a claim where the cluster has no class at all', () => {
    const [found] = storage(snapshot({ claims: [claim()] }));
    expect(found!.next[0]).toMatch(/--set redis\.persistence\.enabled=false$/);
  });

  it('names a class that is not there', () => {
    const [found] = storage(snapshot({ claims: [claim('gold')], storageClasses: [storageClass('fast', true)] }));
    expect(found!.sentence).toContain('the storage class gold, which is not there');
    expect(found!.next[0]).toMatch(
      / delete statefulset\/tellers-redis persistentvolumeclaim\/\S+ && helm .* --set redis\.persistence\.storageClass=$/,
    );
    const [marked] = storage(snapshot({ claims: [claim('gold')], storageClasses: [storageClass('fast', false)] }));
    expect(marked!.next[0]).toMatch(/--set redis\.persistence\.storageClass=fast$/);
  });

  it('gives the warning of a class that makes no volume', () => {
    const event = {
      kind: 'Event' as const,
      metadata: { name: 'e' },
      type: 'Warning',
      message: 'no space',
      involvedObject: { kind: 'PersistentVolumeClaim', name: 'data-tellers-redis-0' },
    };
    const [found] = storage(
      snapshot({ claims: [claim('fast')], storageClasses: [storageClass('fast', true)], events: [event] }),
    );
    expect(found!.evidence).toEqual(['no space']);
  });

  it('says nothing of a claim that is bound, or that just waits for its pod', () => {
    const storageClasses = [storageClass('fast', true)];
    expect(storage(snapshot({ claims: [claim('fast', 'Bound')] }))).toEqual([]);
    expect(storage(snapshot({ claims: [claim('fast')], storageClasses }))).toEqual([]);
  });
});
