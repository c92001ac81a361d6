import {
  componentOf,
  containerOf,
  containersOf,
  groupBy,
  helmUpgrade,
  isOfTheChart,
  kubectl,
  lastingPods,
  ownerOf,
  valueOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';
import type { ContainerStatus, KubePod } from '../kube-objects.js';
import { amountOf } from '../../platform/kubernetes/quantity.js';
import { madeAnew } from '../secret-commands.js';

/** sysexits(3): a fault in the configuration. */
const exitConfiguration = 78;

interface Crash {
  readonly pod: KubePod;
  readonly status: ContainerStatus;
  readonly exitCode: number;
  readonly reason: string;
}

/** Containers that ended and are not well since. */
export const crashes: Rule = (snapshot) =>
  groupBy(lastingPods(snapshot).flatMap(crashesOf), ({ pod, status, exitCode }) =>
    [ownerOf(snapshot, pod), status.name, exitCode].join(' '),
  ).map(([, group]) => describe(snapshot, group[0]));

/** The crashes of a pod; gathering asks for the last lines of just these. */
export function crashesOf(pod: KubePod): Crash[] {
  return containersOf(pod).flatMap((status) => {
    const ended = status.state?.terminated ?? (status.ready ? undefined : status.lastState?.terminated);
    if (ended === undefined || ended.exitCode === 0) return [];
    return [{ pod, status, exitCode: ended.exitCode, reason: ended.reason ?? '' }];
  });
}

function describe(snapshot: ClusterSnapshot, { pod, status, exitCode, reason }: Crash): Finding {
  const object = ownerOf(snapshot, pod);
  const { name } = pod.metadata;
  const evidence = (snapshot.previousLogs[name] ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8);
  const previous = status.state?.running === undefined ? '' : ' --previous';
  const look = [kubectl(snapshot, `logs ${name} --container ${status.name}${previous}`)];
  const again = status.restartCount > 0 ? `, ${status.restartCount} times restarted` : '';
  const isOurs = isOfTheChart(pod, status.name);
  const what = isOurs ? object : `${status.name}, a container beside the bank's in ${object},`;
  if (reason === 'OOMKilled') {
    const limit = containerOf(pod, status.name)?.resources?.limits?.['memory'];
    const more = `${valueOf(componentOf(pod))}.resources.limits.memory=${Math.ceil((2 * amountOf(limit ?? '0')) / 2 ** 20)}Mi`;
    const isHelp = isOurs && limit !== undefined;
    return {
      object,
      sentence: `${what} ran out of its memory of ${limit ?? 'the node'} (pod ${name}${again}).`,
      next: isHelp ? [helmUpgrade(snapshot, more)] : [],
      ...(isHelp ? {} : { look }),
    };
  }
  if (exitCode === exitConfiguration && isOurs) {
    return {
      object,
      sentence: `${object} is given settings that it cannot run with (pod ${name}, exit code 78${again}).`,
      evidence,
      look,
      ...settingsMended(snapshot, pod, evidence),
    };
  }
  return {
    object,
    sentence: `${what} ends with exit code ${exitCode} (pod ${name}${again}).`,
    evidence,
    next: [],
    look,
  };
}

/** A wrong value of a Secret is mended in the Secret, one of the user's own variables by taking it out. */
function settingsMended(
  snapshot: ClusterSnapshot,
  pod: KubePod,
  reported: readonly string[],
): Pick<Finding, 'next' | 'look'> {
  const names = reported.flatMap((line) => /^\s*([A-Z][A-Z0-9_]+)\b/.exec(line)?.[1] ?? []);
  const { env = [] } = containerOf(pod, valueOf(componentOf(pod))) ?? {};
  const owner = ownerOf(snapshot, pod);
  const mended = names.map((name) => {
    const variable = env.find((one) => one.name === name || one.name === `${name}_FILE`);
    const ref = variable?.valueFrom?.secretKeyRef;
    const volume = /^\/run\/secrets\/([^/]+)/.exec(variable?.value ?? '')?.[1];
    const file = pod.spec.volumes?.find((one) => one.name === volume)?.secret;
    const secret = ref?.name ?? file?.secretName;
    if (secret !== undefined) {
      const key = ref?.key ?? file?.items?.[0]?.key;
      const { next, look = [] } = madeAnew(snapshot, { secret, key, isThere: true }, [owner]);
      return { next: next.map((command) => `${command} && ${kubectl(snapshot, `rollout restart ${owner}`)}`), look };
    }
    return { next: [helmUpgrade(snapshot, `${valueOf(componentOf(pod))}.env.${name}=null`)], look: [] };
  });
  const next = [...new Set(mended.flatMap((one) => one.next))];
  return next.length === 0 ? { next } : { next: [next.join(' && ')], look: [] };
}
