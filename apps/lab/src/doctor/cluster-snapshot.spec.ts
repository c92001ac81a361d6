import { describe, expect, it } from '@jest/globals';
import { snapshot, workload } from '../../test/cluster-snapshot.js';
import { helmUpgrade, helmUpgradeJson } from './cluster-snapshot.js';

describe('the command that gives a release a value', () => {
  it("upgrades this chart, whose values are the release's", () => {
    expect(helmUpgrade(snapshot({}), 'a=1,b.c=2')).toMatch(
      / upgrade tellers helm\/tellers --reset-then-reuse-values --set a=1,b\.c=2$/,
    );
  });

  it('upgrades the umbrella chart that has this one under a name of its own, never puts this one in its place', () => {
    const whole = workload('account');
    const annotations = { 'meta.helm.sh/release-name': 'shop', 'tellers/values': 'bank' };
    const inUmbrella = snapshot({ workloads: [{ ...whole, metadata: { ...whole.metadata, annotations } }] });
    expect(helmUpgrade(inUmbrella, 'a=1,b.c=2')).toMatch(
      / upgrade shop YOUR_UMBRELLA_CHART --reset-then-reuse-values --set bank\.a=1,bank\.b\.c=2$/,
    );
    expect(helmUpgradeJson(inUmbrella, 'a', [1])).toMatch(/ --set-json 'bank\.a=\[1\]'$/);
    expect(helmUpgrade(inUmbrella)).toMatch(/-reuse-values$/);
  });
});
