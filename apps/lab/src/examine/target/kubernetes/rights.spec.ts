import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { repositoryRoot } from '../../../repository.js';
import {
  inWords,
  rightsToChange,
  rightsToKill,
  rightsToLook,
  rightsToMeasure,
  rightsToReadLogs,
  rightsToMoveBounds,
  rightsToSeeAutoscalers,
} from './rights.js';

interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

it('is granted by the Role in the documents, all of it and no more', () => {
  const text = readFileSync(join(repositoryRoot, 'docs/your-service-role.yaml'), 'utf8');
  const { rules } = parseAllDocuments(text)[0]!.toJS() as { rules: readonly RoleRule[] };
  const granted = rules.flatMap(({ apiGroups, resources, resourceNames = [undefined], verbs }) =>
    resourceNames.flatMap((name) =>
      verbs.map((verb) =>
        inWords({
          verb,
          resource: resources[0]!,
          ...(apiGroups[0] !== '' && { group: apiGroups[0]! }),
          ...(name !== undefined && { name }),
        }),
      ),
    ),
  );
  const cart = { kind: 'Deployment', name: 'cart' } as const;
  const needed = [
    ...rightsToLook(cart),
    ...rightsToMeasure,
    ...rightsToReadLogs,
    ...rightsToKill,
    ...rightsToChange(cart),
    ...rightsToSeeAutoscalers,
    ...rightsToMoveBounds('cart'),
  ];
  expect(granted.toSorted()).toEqual(needed.map(inWords).toSorted());
});
