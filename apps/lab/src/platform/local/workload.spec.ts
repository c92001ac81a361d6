import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalPod } from './local-pod.js';
import { builtHere, repositoryRoot } from '../../repository.js';
import { LocalWorkload, type WorkloadTemplate } from './workload.js';

const entry = join(repositoryRoot, 'apps/lab/test/fixture-pod.mjs');
let folder: string;
let workload: LocalWorkload;
let events: string[];

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tellers-pods-'))));
afterEach(async () => {
  await workload.close(1_000);
  rmSync(folder, { recursive: true, force: true });
});

function create(
  kind: WorkloadTemplate['kind'],
  environment: Record<string, string> = {},
  graceMs = 5_000,
): LocalWorkload {
  const name = kind === 'Deployment' ? 'account' : 'session-sticky';
  const spec = (podName: string) => ({
    entry,
    environment: { POD_NAME: podName, ...environment },
    logFile: join(folder, `${podName}.log`),
  });
  events = [];
  workload = new LocalWorkload(name, { kind, spec }, graceMs, async (pod, reason) => {
    events.push(`${pod.name} ${pod.phase}${reason === undefined ? '' : ` (${reason})`}`);
  });
  return workload;
}

const names = () => workload.pods.map((pod) => pod.name).toSorted();
const podNamed = (name: string) => workload.pods.find((pod) => pod.name === name) as LocalPod;

describe('a workload', () => {
  it('starts pods that answer where they say, by the names that Kubernetes would give', async () => {
    await create('StatefulSet', { START_MS: '100' }).scale(2);
    expect(names()).toEqual(['session-sticky-0', 'session-sticky-1']);
    for (const pod of workload.pods) {
      const reply = await fetch(`http://127.0.0.1:${pod.address?.port}`);
      expect(await reply.text()).toBe(`${pod.name}/${pod.bootId}`);
    }
    expect(events.toSorted()).toEqual([
      'session-sticky-0 ready',
      'session-sticky-0 starting',
      'session-sticky-1 ready',
      'session-sticky-1 starting',
    ]);
  });

  it('scales in from the highest number, and out again under the same names if it is a StatefulSet', async () => {
    await create('StatefulSet').scale(3);
    await workload.scale(1);
    expect(names()).toEqual(['session-sticky-0']);
    expect(events.slice(-4).toSorted()).toEqual([
      'session-sticky-1 gone (scaled)',
      'session-sticky-1 terminating (scaled)',
      'session-sticky-2 gone (scaled)',
      'session-sticky-2 terminating (scaled)',
    ]);
    await workload.scale(2);
    expect(names()).toEqual(['session-sticky-0', 'session-sticky-1']);
  });

  it('scales a Deployment in from the highest number too', async () => {
    await create('Deployment').scale(3);
    await workload.scale(1);
    expect(names()).toEqual(['account-1']);
  });

  it('brings a killed pod back at once under its name, as a new boot, however often', async () => {
    await create('Deployment').scale(2);
    for (const time of [1, 2, 3]) {
      const before = podNamed('account-1').bootId;
      await podNamed('account-1').kill();
      expect(podNamed('account-1').phase).toBe('gone');
      await workload.untilSettled(5_000);
      expect(names()).toEqual(['account-1', 'account-2']);
      expect(podNamed('account-1').bootId).not.toBe(before);
      expect(events.filter((event) => event === 'account-1 gone (killed)')).toHaveLength(time);
    }
  });

  it('brings a pod back that dies by itself, and tells how it died', async () => {
    await create('Deployment').scale(1);
    process.kill(podNamed('account-1').pid ?? 0, 'SIGSEGV');
    while (!events.includes('account-1 gone (crashed with SIGSEGV)')) await wait(10);
    await workload.untilSettled(5_000);
    expect(events.filter((event) => event === 'account-1 ready')).toHaveLength(2);
  });

  it('lets a stopped pod of a Deployment finish while another one, of a new name, takes its place', async () => {
    await create('Deployment').scale(1);
    await workload.stop(podNamed('account-1'));
    await workload.untilSettled(5_000);
    expect(names()).toEqual(['account-2']);
    expect(events.indexOf('account-2 starting')).toBeLessThan(events.indexOf('account-1 gone (stopped)'));
    expect(readFileSync(join(folder, 'account-1.log'), 'utf8')).toContain('draining');
  });

  it('gives the name of a stopped pod of a StatefulSet to its successor', async () => {
    await create('StatefulSet').scale(1);
    const before = podNamed('session-sticky-0').bootId;
    await workload.stop(podNamed('session-sticky-0'));
    await workload.untilSettled(5_000);
    expect(podNamed('session-sticky-0').bootId).not.toBe(before);
    expect(events.slice(2)).toEqual([
      'session-sticky-0 terminating (stopped)',
      'session-sticky-0 gone (stopped)',
      'session-sticky-0 starting',
      'session-sticky-0 ready',
    ]);
  });

  it('kills a pod that does not stop within the grace period', async () => {
    await create('StatefulSet', { STUBBORN: 'yes' }, 200).scale(1);
    const began = Date.now();
    await workload.stop(podNamed('session-sticky-0'));
    expect(Date.now() - began).toBeGreaterThan(190);
    await workload.untilSettled(5_000);
  });

  it('rolls a Deployment with the new pod ready before the old one goes', async () => {
    await create('Deployment').scale(2);
    await workload.roll();
    expect(names()).toEqual(['account-3', 'account-4']);
    const rolled = events.filter((event) => /account-[34] ready|terminating/.test(event));
    expect(rolled).toEqual([
      'account-3 ready',
      'account-1 terminating (rolled)',
      'account-4 ready',
      'account-2 terminating (rolled)',
    ]);
  });

  it('rolls a StatefulSet from its highest number, each pod ready before the next goes', async () => {
    await create('StatefulSet').scale(2);
    events.length = 0;
    await workload.roll();
    expect(events.filter((event) => /ready|terminating/.test(event))).toEqual([
      'session-sticky-1 terminating (rolled)',
      'session-sticky-1 ready',
      'session-sticky-0 terminating (rolled)',
      'session-sticky-0 ready',
    ]);
  });

  it('says why it is not settled: the pod, and what it said last', async () => {
    const scaling = create('Deployment', { EXIT_CODE: '78' }).scale(1);
    await expect(workload.untilSettled(1_500)).rejects.toThrow(
      /account is not settled after 1.5 s. account-1 is gone; its log ends:\n.*this setting is wrong/,
    );
    // At once, and then not before ten seconds are over.
    expect(events.filter((event) => event === 'account-1 gone (crashed with exit code 78)')).toHaveLength(2);
    await workload.close(100);
    await scaling;
  });
});

it('pods do not outlive a lab that was killed, and Ctrl-C in its terminal does not reach them', async () => {
  await create('Deployment').scale(0);
  const script = join(folder, 'lab.mjs');
  writeFileSync(
    script,
    `import { PodProcess } from ${JSON.stringify(builtHere('pod-process.js'))};
     process.on('SIGINT', () => {});
     const pod = new PodProcess(${JSON.stringify({ entry, environment: { POD_NAME: 'pod', STUBBORN: 'yes' }, logFile: join(folder, 'pod.log') })});
     console.log((await pod.ready()).port);`,
  );
  const lab = spawn(process.execPath, [script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => lab.stdout.once('data', (line) => resolve(Number(String(line)))));
  process.kill(-(lab.pid ?? 0), 'SIGINT');
  await wait(300);
  expect(await serves(port)).toBe(true);
  process.kill(lab.pid ?? 0, 'SIGKILL');
  for (let tries = 0; tries < 100 && (await serves(port)); tries += 1) await wait(50);
  expect(await serves(port)).toBe(false);
  expect(readFileSync(join(folder, 'pod.log'), 'utf8')).toContain('draining');
});

/** Asked over HTTP: a process that nobody has buried still has its id. */
function serves(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`).then(
    () => true,
    () => false,
  );
}
