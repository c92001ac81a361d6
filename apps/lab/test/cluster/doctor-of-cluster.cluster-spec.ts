import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { output, runProgram } from '../../src/provision/run-program.js';
import {
  type DoctoredFault,
  clear,
  everywhere,
  mended,
  open,
  patienceMs,
  tellsAndMends,
  upgrade,
} from './broken-bank.js';
import { killableWorker } from './workers.js';

describe('lab doctor, of what is the whole cluster’s', () => {
  beforeAll(async () => {
    await clear();
    await open();
  }, patienceMs);
  afterAll(clear, patienceMs);

  const cases: readonly DoctoredFault[] = [
    [
      'an ingress controller that is scaled to 0',
      /controller of class traefik is scaled to 0/,
      () => everywhere('--namespace=kube-system', 'scale', 'deployment/traefik', '--replicas=0'),
    ],
    [
      'a metrics-server that is scaled to 0',
      /metrics-server is scaled to 0/,
      async () => {
        await upgrade({ 'account.autoscaling.enabled': 'true' });
        await everywhere('--namespace=kube-system', 'scale', 'deployment/metrics-server', '--replicas=0');
      },
    ],
  ];

  tellsAndMends(cases);

  it(
    'tells a machine that lets nobody watch more files, and its command mends it',
    async () => {
      const node = await killableWorker();
      const sysctl = (...args: string[]): Promise<string> =>
        output(runProgram, 'docker', ['exec', node, 'sysctl', ...args]);
      const limit = 'fs.inotify.max_user_instances';
      const before = (await sysctl(limit, 'fs.inotify.max_user_watches')).replaceAll(' ', '').trim().split('\n');
      try {
        await sysctl('-w', `${limit}=1`);
        const onNode = ['--selector=k8s-app=kube-proxy', `--field-selector=spec.nodeName=${node}`];
        await everywhere('--namespace=kube-system', 'delete', 'pod', ...onNode);
        expect(await mended(/has used up what one user may watch/)).toMatchObject({ isHealthy: true });
      } finally {
        await sysctl('-w', ...before);
      }
    },
    patienceMs,
  );
});
