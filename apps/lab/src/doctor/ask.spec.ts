import { expect, it } from '@jest/globals';
import { reasonsIn } from './ask.js';

const forbidden = (resource: string, where: string): string =>
  `Error from server (Forbidden): ${resource} is forbidden: User "ada" cannot list resource "${resource}" in API group "" ${where}`;

it('names each right that is missing once', () => {
  const said = [
    forbidden('nodes', 'at the cluster scope'),
    forbidden('nodes', 'at the cluster scope'),
    forbidden('pods', 'in the namespace "bank"'),
  ];
  expect(reasonsIn(said.join('\n'))).toEqual([
    'the right to list nodes in all namespaces',
    'the right to list pods in the namespace bank',
  ]);
});

it('gives any other reason in its own words', () => {
  expect(reasonsIn('warning\nUnable to connect to the server')).toEqual(['Unable to connect to the server']);
});
