import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { output, runProgram } from '../../src/provision/run-program.js';
import { repositoryRoot } from '../../src/repository.js';
import { kubectl, place } from './place.js';

const inRepository = (path: string): string => join(repositoryRoot, path);
const withoutAffinity = ['--set', 'modes.sticky.enabled=false,modes.shared.enabled=true'];
// The pod of the tests needs an account that is there, and a dry run makes none.
const withAccount = ['--set', 'serviceAccount.create=false'];
const everyMode = 'modes.unpinned.enabled=true,modes.handoff.enabled=true,modes.shared.enabled=true,lab.enabled=true';

// Another release than the bank's own, so that the objects are new to the cluster.
describe('what the chart renders', () => {
  it.each([
    ['its default values', []],
    ['every mode and the lab', ['--set', everyMode]],
    ['fixed numbers of pods', ['--set', 'auth.autoscaling.enabled=false,account.autoscaling.enabled=false']],
    ['TLS by Traefik', ['--set', 'ingress.tls.enabled=true,ingress.host=bank.test,ingress.tls.secretName=bank-tls']],
    ['haproxy as its ingress', ['--set', `ingress.controller=haproxy,${everyMode}`]],
    ['bounded egress', ['--set', `networkPolicy.egress.enabled=true,${everyMode}`]],
    ['no ingress', ['--set', 'ingress.controller=none', ...withoutAffinity]],
    // No CRD of an operator is needed on the cluster.
    [
      'the production values',
      ['--values', inRepository('helm/tellers/values-production.yaml'), '--set', 'serviceMonitor.enabled=false'],
    ],
    ['the values of the plain manifests', ['--values', inRepository('k8s/tellers.values.yaml')]],
  ])(
    'is accepted by the cluster without a warning for %s',
    async (_, values) => {
      const chart = inRepository('helm/tellers');
      const args = ['template', 'dry', chart, '--namespace', place.namespace, ...withAccount, ...values];
      const manifests = await output(runProgram, 'helm', args);
      const said = await kubectl(['apply', '--dry-run=server', '--warnings-as-errors', '--filename', '-'], {
        input: manifests,
      });
      const lines = said.trim().split('\n');
      expect(lines.length).toBeGreaterThan(15);
      expect(lines.filter((line) => !line.endsWith(' created (server dry run)'))).toEqual([]);
    },
    60_000,
  );
});
