import { kubectl, place } from './place.js';

export interface PlainPod {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** JavaScript that its one container runs. */
  readonly script: string;
}

/** Makes a pod that is no part of a release, of the bank's image, as the restricted Pod Security profile has it. */
export async function makePod({ name, namespace = place.namespace, labels, script }: PlainPod): Promise<void> {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'node', image: `tellers:${place.tag}`, args: ['--eval', script], securityContext }],
    },
  };
  await kubectl(['--namespace', namespace, 'apply', '--filename', '-'], { input: JSON.stringify(pod) });
}

/** Waits for a pod, as `kubectl wait` has it: `condition=Ready`. */
export async function awaitPod(name: string, condition: string, namespace: string = place.namespace): Promise<void> {
  await kubectl(['--namespace', namespace, 'wait', `pod/${name}`, `--for=${condition}`, '--timeout=2m']);
}
