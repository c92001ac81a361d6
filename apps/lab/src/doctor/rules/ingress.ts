import {
  helmUpgrade,
  isReady,
  isYoung,
  kubectlAt,
  nameOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';
import { controllerOf, podsOf } from '../ingress-controllers.js';
import type { Ingress, IngressClass } from '../kube-objects.js';

/** An Ingress that nobody serves. */
export const ingress: Rule = (snapshot) => snapshot.ingresses.flatMap((object) => faultsOf(snapshot, object));

function faultsOf(snapshot: ClusterSnapshot, ingressObject: Ingress): Finding[] {
  const { ingressClasses } = snapshot;
  if (ingressClasses === undefined) return [];
  const object = nameOf(ingressObject);
  const wanted = ingressObject.spec.ingressClassName ?? '';
  const found = ingressClasses.find(({ metadata }) => metadata.name === wanted);
  if (found !== undefined) return notRunning(snapshot, object, found);
  const names = ingressClasses.map(({ metadata }) => metadata.name);
  if (names.length === 0) {
    const sentence = `The cluster has no ingress controller (there is no IngressClass), and ${object} needs one of class ${wanted}.`;
    return [{ object, sentence, next: [installTraefik(snapshot)] }];
  }
  const sentence = `${object} names the class ${wanted}, which is not there: nobody serves it. The cluster has ${names.join(', ')}.`;
  return [{ object, sentence, next: [chooseClass(snapshot, ingressClasses)] }];
}

/** The chart maps a controller to what binds clients to pods, so both are set. */
function chooseClass(snapshot: ClusterSnapshot, classes: readonly IngressClass[]): string {
  for (const ingressClass of classes) {
    const known = controllerOf(ingressClass);
    if (known !== undefined) {
      const { name } = ingressClass.metadata;
      return helmUpgrade(snapshot, `ingress.controller=${known.value},ingress.className=${name}`);
    }
  }
  return installTraefik(snapshot);
}

function notRunning(snapshot: ClusterSnapshot, object: string, ingressClass: IngressClass): Finding[] {
  const known = controllerOf(ingressClass);
  const pods = known === undefined ? undefined : podsOf(snapshot, known);
  if (known === undefined || pods === undefined || pods.some(isReady)) return [];
  const [pod] = pods;
  if (pod === undefined) return [gone(snapshot, object, ingressClass.metadata.name, known.label)];
  const sentence = `The ingress controller is not ready (pod ${pod.metadata.name}), so nobody serves ${object}.`;
  const look = [`${kubectlAt(snapshot, pod.metadata.namespace)} describe pod ${pod.metadata.name}`];
  const isStarting = isYoung(snapshot, pod.metadata.creationTimestamp);
  return [{ ...(isStarting && { level: 'not yet' }), object, sentence, next: [], look }];
}

function gone(snapshot: ClusterSnapshot, object: string, className: string, label: string): Finding {
  const deployment = snapshot.systemWorkloads?.find(
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === label,
  );
  if (deployment?.spec.replicas === 0) {
    const { name, namespace } = deployment.metadata;
    const sentence = `The ingress controller of class ${className} is scaled to 0: nobody serves ${object}.`;
    return { object, sentence, next: [`${kubectlAt(snapshot, namespace)} scale deployment/${name} --replicas=1`] };
  }
  const sentence = `The class ${className} is there and its controller is not: no pod of ${label} serves ${object}.`;
  if (label === 'traefik') return { object, sentence, next: [installTraefik(snapshot)] };
  const look = [
    `kubectl --context ${snapshot.context} get pods --all-namespaces --selector app.kubernetes.io/name=${label}`,
  ];
  return { object, sentence, next: [], look };
}

function installTraefik({ context }: ClusterSnapshot): string {
  return `kubectl --context ${context} apply --filename k8s/traefik.yaml`;
}
