import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { V1Deployment, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { rm } from 'node:fs/promises';
import { kubernetesTarget } from '../../src/examine/target/kubernetes/kubernetes-target.js';
import { restoreWorkload } from '../../src/examine/target/kubernetes/open-workload.js';
import type { Target } from '../../src/examine/target/target.js';
import { runProgram } from '../../src/provision/run-program.js';
import { kubectl, object, place, report } from './place.js';
import { installService, letExaminerIn, port } from './strangers-service.js';

const patienceMs = 300_000;
const context = 'examiner';

interface ServiceAnswer {
  readonly pod: string;
  readonly visits: number;
  readonly authorization: string;
}

/** All of a workload that its maker has set. */
async function asMade(kind: string, name: string): Promise<object> {
  const { metadata, spec } = await object<V1Deployment>(kind, name);
  const { annotations = {}, labels } = metadata!;
  const own = Object.entries(annotations).filter(([key]) => key !== 'deployment.kubernetes.io/revision');
  return { annotations: Object.fromEntries(own), labels, spec };
}

/** Which programs own fields of an object. */
async function managers(kind: string, name: string): Promise<string[]> {
  const json = await kubectl(['get', kind, name, '--output', 'json', '--show-managed-fields']);
  const { metadata } = JSON.parse(json) as V1Deployment;
  return (metadata?.managedFields ?? []).map(({ manager = '' }) => manager);
}

describe.each(['Deployment', 'StatefulSet'] as const)('a service of the reader’s own, as a %s', (kind) => {
  const name = `visits-${kind.toLowerCase()}`;
  const workload = `${kind.toLowerCase()}/${name}`;
  const { KUBECONFIG } = process.env;
  /** The kubeconfig of somebody who has the rights of the Role alone. */
  let examiner: string | undefined;
  let target: Target | undefined;
  let before: object;
  const open = async (): Promise<Target> =>
    (target = await kubernetesTarget({ context, namespace: place.namespace, workload, port, readOnly: false }));
  const names = async (): Promise<string[]> => (await target!.replicas()).map((one) => one.name);
  const visit = async (address: string): Promise<ServiceAnswer> => {
    const headers = { authorization: 'Bearer mine', cookie: 'client=one' };
    return (await (await fetch(address, { headers, redirect: 'manual' })).json()) as ServiceAnswer;
  };

  beforeAll(async () => {
    await installService(kind, name);
    examiner = await letExaminerIn(kind, name);
    process.env['KUBECONFIG'] = examiner;
    before = await asMade(kind, name);
  }, patienceMs);
  afterEach(() => target?.close());
  afterAll(async () => {
    if (examiner !== undefined) await rm(examiner);
    if (KUBECONFIG === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = KUBECONFIG;
    await kubectl(['delete', 'all,configmap', '--selector', `name=${name}`, '--timeout=2m']);
  }, patienceMs);

  it(
    'has its pods asked one by one with the rights of the Role in the documents, and lacks none for anything',
    async () => {
      const opened = await open();
      // Of CPU a cluster tells but a mean over a time of its own.
      expect(Object.keys(opened.cannot)).toEqual(['frontDoor', 'cpu']);
      const found = await opened.replicas();
      expect(found).toHaveLength(2);
      for (const visits of [1, 2]) {
        for (const one of found) {
          expect(await visit(one.address)).toEqual({ pod: one.name, visits, authorization: 'Bearer mine' });
        }
      }
    },
    patienceMs,
  );

  it(
    'loses what a pod remembers by a kill and by a stop, and serves again',
    async () => {
      const opened = await open();
      for (const end of ['kill', 'stop'] as const) {
        const [one] = await opened.replicas();
        await visit(one!.address);
        await opened[end]!(one!.name);
        await opened.settled(patienceMs);
        const counts = await Promise.all(
          (await opened.replicas()).map(async ({ address }) => (await visit(address)).visits),
        );
        expect(counts).toContain(1);
      }
    },
    patienceMs,
  );

  it(
    'is rolled and scaled, tells its memory, and is then as it was, owned by nobody but its maker',
    async () => {
      const opened = await open();
      const visits = async (): Promise<number[]> =>
        Promise.all((await target!.replicas()).map(async ({ address }) => (await visit(address)).visits));
      await visits();
      await opened.roll!();
      expect(await visits()).toEqual([1, 1]);
      await opened.scale!(3);
      expect(await names()).toHaveLength(3);
      await opened.scale!(1);
      expect(await names()).toHaveLength(1);
      await opened.scale!(2);
      await opened.settled(patienceMs);
      const held = await opened.memory!();
      report(`memory: ${[...held].map(([pod, bytes]) => `${pod} ${Math.round(bytes / 2 ** 20)} MiB`).join(', ')}`);
      expect([...held.keys()].toSorted()).toEqual((await names()).toSorted());
      for (const bytes of held.values()) expect(bytes).toBeGreaterThan(2 ** 23);
      await opened.close();
      expect(await asMade(kind, name)).toEqual(before);
      expect(await managers(kind, name)).not.toContain('tellers-lab');
    },
    2 * patienceMs,
  );

  it(
    'is put back by `lab restore` when a lab has died half-way',
    async () => {
      const options = JSON.stringify({ context, namespace: place.namespace, workload, port, readOnly: false });
      const died = `
        const { kubernetesTarget } = await import('./dist/apps/lab/src/examine/target/kubernetes/kubernetes-target.js');
        const target = await kubernetesTarget(${options});
        await target.scale(3);
        await target.roll();
        process.kill(process.pid, 'SIGKILL');`;
      await runProgram(process.execPath, ['--input-type=module', '--eval', died]);
      expect((await object<V1Deployment>(kind, name)).spec?.replicas).toBe(3);
      const said: string[] = [];
      const restore = (): Promise<void> =>
        restoreWorkload({ context, namespace: place.namespace, workload }, (sentence) => said.push(sentence));
      await restore();
      expect(await asMade(kind, name)).toEqual(before);
      await restore();
      expect(said).toEqual([
        `${kind}: ${name} is again as it was before an earlier run`,
        'No lab has left anything moved.',
      ]);
    },
    2 * patienceMs,
  );

  it(
    'is scaled past its autoscaler, which has its bounds back afterwards',
    async () => {
      await kubectl(['autoscale', workload, '--name', name, '--min=2', '--max=4', '--cpu-percent=80']);
      const bounds = async (): Promise<(number | undefined)[]> => {
        const { spec } = await object<V2HorizontalPodAutoscaler>('hpa', name);
        return [spec?.minReplicas, spec?.maxReplicas];
      };
      try {
        const opened = await open();
        await opened.scale!(3);
        expect([await bounds(), (await names()).length]).toEqual([[3, 3], 3]);
        await opened.close();
        expect(await bounds()).toEqual([2, 4]);
        expect(await managers('hpa', name)).not.toContain('tellers-lab');
      } finally {
        await kubectl(['delete', 'hpa', name]);
        await kubectl(['scale', workload, '--replicas=2']);
      }
    },
    patienceMs,
  );

  it('is not examined where the rights do not reach, which are named', async () => {
    await expect(kubernetesTarget({ context, namespace: 'default', workload, port, readOnly: true })).rejects.toThrow(
      /may not be read: .*cannot get resource "\w+" in API group "apps" in the namespace "default"/,
    );
  });
});
