import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { modes } from '../../src/bank/modes.js';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { openBank, steadyModes, upgradeBank, upgradeMs, type Values } from './bank.js';
import { everywhere, mended, patienceMs, settled, until, untilSaid } from './broken-bank.js';
import { customers, openSession } from './customers.js';
import { helm, objects, place, report } from './place.js';

const workload = 'session-sticky';
const name = `${place.release}-${workload}`;
const at = 'networkPolicy.monitoringFrom[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name';
const bySessions: Values = {
  ...steadyModes,
  'modes.handoff.enabled': 'false',
  'session.autoscaling.enabled': 'true',
  'session.autoscaling.metric': 'sessions',
  'session.autoscaling.targetSessions': '10',
  'session.autoscaling.maxReplicas': '4',
  // What moves the number of pods here is sessions: no pod comes near that much CPU.
  'session.autoscaling.targetCPU': '10',
  'session.autoscaling.prometheusUrl': 'http://prometheus.monitoring:9090',
  [at]: 'monitoring',
};
const byCpu: Values = { ...bySessions, 'session.autoscaling.metric': 'cpu' };

const has = (...what: string[]): boolean =>
  spawnSync('kubectl', ['--context', place.context, 'get', ...what], { stdio: 'ignore' }).status === 0;
const hasKeda = has('crd', 'scaledobjects.keda.sh') && has('--namespace=monitoring', 'service', 'prometheus');
if (!hasKeda) {
  report('KEDA and a Prometheus at prometheus.monitoring are not both on this cluster: what needs them is not run.');
}

describe('an HPA that is to go by sessions', () => {
  beforeAll(async () => (await openBank(byCpu)).close(), upgradeMs);

  it(
    'is taken by the cluster, and where nobody serves the metric the doctor says so, and what mends it',
    async () => {
      await upgradeBank({ ...bySessions, 'session.autoscaling.sessionsFrom': 'custom-metrics' });
      const words = /reads no sessions: the custom metrics API, as prometheus-adapter serves it, is not there/;
      expect(await mended(words)).toMatchObject({ isHealthy: true });
      expect(await scalers()).toContain(name);
    },
    upgradeMs,
  );
});

(hasKeda ? describe : describe.skip)('KEDA that is to go by sessions', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => {
    await (await openBank(byCpu)).close();
    platform = await openBank(bySessions);
  }, 2 * upgradeMs);
  afterAll(async () => {
    await platform?.close();
    await upgradeBank(steadyModes);
  }, upgradeMs);

  it(
    'takes the place of the HPA by an upgrade, and adds pods for sessions that nobody uses',
    async () => {
      await until(async () => (await scalers()).join() === `keda-hpa-${name}`);
      for (const client of await customers(30)) await openSession(client, modes.sticky.path);
      const opened = Date.now();
      await until(async () => (await platform.pods(workload)).length === 3);
      report(
        `three pods for 30 sessions at 10 each ${Math.round((Date.now() - opened) / 1_000)} s after the last was opened`,
      );
      expect(platform.autoscaling(workload)).toMatchObject({
        min: 2,
        max: 4,
        unit: 'm',
        others: [{ name: 'prometheus', target: 10 }],
      });
    },
    patienceMs,
  );

  it(
    'has its bounds moved by the lab, which KEDA would undo on its HPA, and put back',
    async () => {
      await platform.scaleExactly(workload, 4);
      expect(await platform.pods(workload)).toHaveLength(4);
      await until(async () => bounds(platform).join() === '4,4');
      await platform.close();
      platform = await openBank(bySessions);
      await until(async () => bounds(platform).join() === '2,4');
    },
    patienceMs,
  );

  it.each<[string, Values, RegExp]>([
    [
      'Prometheus that is elsewhere',
      { 'session.autoscaling.prometheusUrl': 'http://prometheus.nowhere:9090' },
      /Prometheus does not answer at http:\/\/prometheus\.nowhere:9090/,
    ],
    [
      'Prometheus that a NetworkPolicy keeps from the pods',
      { [at]: 'elsewhere' },
      /Prometheus at http:\/\/prometheus\.monitoring:9090 knows none of its pods/,
    ],
  ])(
    'takes no pod away for %s, which the doctor tells',
    async (_, values, words) => {
      const before = (await platform.pods(workload)).length;
      await upgradeBank({ ...bySessions, ...values });
      // It reads on over a connection that stands, which no policy cuts on every cluster.
      await everywhere('--namespace=monitoring', 'rollout', 'restart', 'deployment/prometheus');
      await untilSaid(words);
      expect(await platform.pods(workload)).toHaveLength(before);
      await upgradeBank(bySessions);
      expect(await settled()).toMatchObject({ isHealthy: true, isStarting: false });
    },
    2 * upgradeMs,
  );

  it(
    'gives way to an HPA by CPU again, and leaves nothing behind when the bank is uninstalled',
    async () => {
      await upgradeBank(byCpu);
      await until(async () => (await scalers()).join() === name);
      await upgradeBank(bySessions);
      await until(async () => (await scalers()).join() === `keda-hpa-${name}`);
      await platform.close();
      await helm('uninstall', place.release, '--wait');
      expect(await objects('scaledobjects.keda.sh')).toEqual([]);
      await until(async () => (await scalers()).length === 0);
      // A StatefulSet does not notice when a pod is gone that had a name of its own from before.
      await until(async () => (await objects('pods')).length === 0);
      platform = await openBank(bySessions);
    },
    2 * upgradeMs,
  );
});

/** The HPAs that scale the mode. */
async function scalers(): Promise<string[]> {
  const all = await objects<V2HorizontalPodAutoscaler>('horizontalpodautoscalers');
  const own = all.filter(({ spec }) => spec?.scaleTargetRef.name === name);
  return own.map(({ metadata }) => metadata?.name ?? '');
}

function bounds(platform: KubernetesPlatform): number[] {
  const { min = 0, max = 0 } = platform.autoscaling(workload) ?? {};
  return [min, max];
}
