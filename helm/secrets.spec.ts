import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

(hasHelm ? describe : describe.skip)('Secrets that the release makes', () => {
  it('are made by a hook and kept, so that no upgrade, rollback or uninstall changes or deletes them', () => {
    const secrets = render({ 'lab.enabled': 'true' }).all('Secret');
    const names = secrets.map(({ metadata }) => metadata.name).toSorted();
    expect(names).toEqual(['tellers-account', 'tellers-lab', 'tellers-redis', 'tellers-signing-keys']);
    for (const { metadata } of secrets) {
      expect(metadata.annotations).toEqual({
        'helm.sh/resource-policy': 'keep',
        'helm.sh/hook': 'pre-install,pre-upgrade',
        // Another policy, and none, would delete what is there.
        'helm.sh/hook-delete-policy': 'hook-failed',
      });
    }
  });

  it('are not made for what is off or elsewhere', () => {
    const values = { 'modes.stateless.enabled': 'false', 'redis.external.url': 'redis://host', 'lab.readOnly': 'true' };
    const secrets = render({ 'lab.enabled': 'true', ...values }).all('Secret');
    expect(secrets.map(({ metadata }) => metadata.name)).toEqual(['tellers-signing-keys']);
  });

  it('are the same in a render: the data, and the checksum of what reads it', () => {
    const chart = render();
    const pods = ['account', 'auth'].map((name) => chart.one('Deployment', `tellers-${name}`).spec.template.metadata);
    const [account, auth] = pods.map(({ annotations }) => annotations['checksum/redis-password']);
    expect(account).toBe(auth);
  });
});
