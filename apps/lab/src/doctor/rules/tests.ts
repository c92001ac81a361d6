import { componentOf, type Finding, type Rule } from '../cluster-snapshot.js';
import type { KubePod } from '../kube-objects.js';

/** Whether a pod is one of `helm test`, and not of the bank. */
export function isTest(pod: KubePod): boolean {
  return componentOf(pod) === 'test';
}

/** A test that failed says what it met then, not how the bank is now. */
export const tests: Rule = ({ testPods, context, previousLogs }) =>
  testPods.filter(hasFailed).map(({ metadata: { name, namespace } }) => ({
    level: 'aside',
    object: `pod/${name}`,
    sentence: `Beside the bank: \`helm test\` failed once, and has left its pod ${name}.`,
    evidence: (previousLogs[name] ?? '').split('\n').filter(Boolean).slice(-4),
    next: [`kubectl --context ${context} --namespace ${namespace} delete pod ${name}`],
  }));

/** What tests have left of a release that is gone. */
export function leftBehind(pods: readonly KubePod[], context: string): Finding[] {
  return pods.map(({ metadata: { name, namespace, labels } }) => ({
    level: 'aside',
    object: `pod/${name}`,
    sentence: `The release ${labels?.['app.kubernetes.io/instance']} is gone, and has left ${name}, the pod of a test that failed.`,
    next: [`kubectl --context ${context} --namespace ${namespace} delete pod,configmap ${name} --ignore-not-found`],
  }));
}

function hasFailed({ status }: KubePod): boolean {
  return status.phase === 'Failed';
}
