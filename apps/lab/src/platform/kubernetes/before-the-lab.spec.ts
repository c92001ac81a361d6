import { describe, expect, it } from '@jest/globals';
import {
  beforeTheLab,
  fieldManager,
  keeping,
  labEntries,
  labFields,
  restarted,
  restartedAt,
  type Movable,
  type SpecPart,
} from './before-the-lab.js';

const own = { minReplicas: 2, maxReplicas: 6 };
const set = { minReplicas: 3, maxReplicas: 3 };

/** An object whose spec fields belong to those who are named. */
function object(spec: SpecPart, kept: [SpecPart, SpecPart] | undefined, owners: Record<string, string>): Movable {
  const managedFields = Object.entries(owners).map(([key, manager]) => ({
    manager,
    fieldsV1: {
      'f:spec': key
        .split('.')
        .toReversed()
        .reduce((inner, name) => ({ [`f:${name}`]: inner }), {}),
    },
  }));
  return { metadata: { managedFields, annotations: kept === undefined ? {} : keeping({}, ...kept) }, spec };
}
/** A workload whose pods were restarted last by that program, after the lab kept these. */
const restartedBy = (manager: string, [before, after]: [SpecPart, SpecPart]): Movable => ({
  metadata: {
    annotations: keeping({}, before, after),
    managedFields: [
      {
        manager,
        fieldsV1: { 'f:spec': { 'f:template': { 'f:metadata': { 'f:annotations': { [`f:${restartedAt}`]: {} } } } } },
      },
    ],
  },
  spec: after,
});
const ours = { minReplicas: fieldManager, maxReplicas: fieldManager };

describe('what was before the lab', () => {
  it('is known of what only the lab has set', () => {
    expect(beforeTheLab(object(set, [own, set], ours))).toEqual(own);
    expect(beforeTheLab(object(own, undefined, {}))).toBeUndefined();
  });

  it('is nothing to put back once somebody else has set it: by force, or to the same value', () => {
    expect(
      beforeTheLab(
        object({ minReplicas: 3, maxReplicas: 8 }, [own, set], { minReplicas: 'helm', maxReplicas: 'helm' }),
      ),
    ).toBeUndefined();
    const shared = object(set, [own, set], ours);
    const { managedFields = [] } = object(set, undefined, { minReplicas: 'helm', maxReplicas: 'helm' }).metadata!;
    const both = {
      ...shared,
      metadata: { ...shared.metadata, managedFields: [...shared.metadata!.managedFields!, ...managedFields] },
    };
    expect(beforeTheLab(both)).toBeUndefined();
  });

  it("keeps the user's bounds whole where only one of them differed from the lab's", () => {
    const upgraded = { minReplicas: 3, maxReplicas: 8 };
    expect(
      beforeTheLab(object(upgraded, [own, set], { minReplicas: fieldManager, maxReplicas: 'helm' })),
    ).toBeUndefined();
    const lowerAlone = [own, { ...own, minReplicas: 3 }] as [SpecPart, SpecPart];
    expect(
      beforeTheLab(object(upgraded, lowerAlone, { minReplicas: fieldManager, maxReplicas: 'helm' })),
    ).toBeUndefined();
  });

  it('is judged apart for replicas and for a rollout', () => {
    const strategy = (partition: number) => ({
      updateStrategy: { rollingUpdate: { partition } },
      template: { spec: { partition } },
    });
    const kept: [SpecPart, SpecPart] = [
      { replicas: 2, ...strategy(0) },
      { replicas: 1, ...strategy(1) },
    ];
    const owners = {
      replicas: 'kubectl',
      'updateStrategy.rollingUpdate.partition': fieldManager,
      'template.spec.x': fieldManager,
    };
    expect(beforeTheLab(object({ replicas: 4 }, kept, owners))).toEqual(strategy(0));
  });

  it('is of a restart the note of the one before, until somebody else restarts it', () => {
    const kept: [SpecPart, SpecPart] = [restarted(null), restarted('now')];
    expect(beforeTheLab(restartedBy(fieldManager, kept))).toEqual(restarted(null));
    expect(beforeTheLab(restartedBy('kubectl-rollout', kept))).toBeUndefined();
  });

  it('stays what it was when the lab moves again', () => {
    const moved = object(set, [own, set], ours);
    const again = { minReplicas: 5, maxReplicas: 5 };
    const annotations = keeping(moved, set, again);
    expect(beforeTheLab({ ...moved, spec: again, metadata: { ...moved.metadata, annotations } })).toEqual(own);
  });
});

describe('the fields of the lab', () => {
  it('are told from those of others, and its entries last first', () => {
    const managed = object(set, undefined, {
      minReplicas: fieldManager,
      maxReplicas: 'helm',
      replicas: fieldManager,
    });
    expect(labFields(managed)).toEqual(['f:spec/f:minReplicas', 'f:spec/f:replicas']);
    expect(labEntries(managed)).toEqual([2, 0]);
    expect(labFields({})).toEqual([]);
  });
});
