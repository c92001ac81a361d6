import type { Ingress, IngressClass } from '../kube-objects.js';
import { helmUpgrade, isReady, nameOf, type Finding, type Rule, type ClusterSnapshot } from '../cluster-snapshot.js';

/** Controllers that the chart knows: what their class names, and the label of their pods. */
const controllers = [
  { value: 'traefik', controller: 'traefik.io/ingress-controller', label: 'traefik' },
  { value: 'haproxy', controller: 'haproxy.org/ingress-controller', label: 'kubernetes-ingress' },
] as const;

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
  for (const { metadata, spec } of classes) {
    const known = controllers.find(({ controller }) => spec.controller?.startsWith(controller));
    if (known !== undefined) {
      return helmUpgrade(snapshot, `ingress.controller=${known.value},ingress.className=${metadata.name}`);
    }
  }
  return installTraefik(snapshot);
}

function notRunning(snapshot: ClusterSnapshot, object: string, { metadata, spec }: IngressClass): Finding[] {
  const known = controllers.find(({ controller }) => spec.controller?.startsWith(controller));
  if (known === undefined || snapshot.systemPods === undefined) return [];
  const pods = snapshot.systemPods.filter((pod) => pod.metadata.labels?.['app.kubernetes.io/name'] === known.label);
  if (pods.some(isReady)) return [];
  const [pod] = pods;
  if (pod === undefined) {
    const sentence = `The class ${metadata.name} is there and its controller is not: no pod of ${known.label} serves ${object}.`;
    return [
      {
        object,
        sentence,
        next: [known.value === 'traefik' ? installTraefik(snapshot) : podsOf(snapshot, known.label)],
      },
    ];
  }
  const sentence = `The ingress controller is not ready (pod ${pod.metadata.name}), so nobody serves ${object}.`;
  const where = `kubectl --context ${snapshot.context} --namespace ${pod.metadata.namespace}`;
  return [{ object, sentence, next: [`${where} describe pod ${pod.metadata.name}`] }];
}

function podsOf({ context }: ClusterSnapshot, label: string): string {
  return `kubectl --context ${context} get pods --all-namespaces --selector app.kubernetes.io/name=${label}`;
}

function installTraefik({ context }: ClusterSnapshot): string {
  return `kubectl --context ${context} apply --filename k8s/traefik.yaml`;
}
