import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { hasHelm, render } from './render.js';

(hasHelm ? describe : describe.skip)('what a user is told to run', () => {
  it('waits for the pods of the bank and for none of a test, and says how to start anew', () => {
    const args = ['install', 'tellers', 'helm/tellers', '--namespace', 'shop', '--dry-run=client'];
    const { stdout } = spawnSync('helm', args, { encoding: 'utf8', env: { ...process.env, KUBECONFIG: '/none' } });
    const notes = stdout.slice(stdout.indexOf('NOTES:'));
    expect(notes).toMatch(
      /wait .*--selector app\.kubernetes\.io\/instance=tellers,app\.kubernetes\.io\/component!=test /,
    );
    expect(notes).toContain(
      'delete persistentvolumeclaims,secrets --selector app.kubernetes.io/name=tellers,app.kubernetes.io/instance=tellers',
    );
  });

  it('leaves no pod of a test behind, whether it passed or failed', () => {
    for (const { metadata } of render().all('Pod', 'ConfigMap')) {
      if (!metadata.name.endsWith('-test')) continue;
      const policies = metadata.annotations?.['helm.sh/hook-delete-policy']?.split(',');
      expect(policies).toEqual(expect.arrayContaining(['hook-succeeded', 'hook-failed']));
    }
  });
});
