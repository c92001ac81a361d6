import type { ClusterSnapshot } from './cluster-snapshot.js';
import type { IngressClass, KubePod } from './kube-objects.js';

/** An ingress controller that the chart knows: what its class names, how its own chart labels its pods, and its image. */
export interface Controller {
  readonly value: string;
  readonly controller: string;
  readonly label: string;
  readonly image: RegExp;
}

const controllers: readonly Controller[] = [
  { value: 'traefik', controller: 'traefik.io/ingress-controller', label: 'traefik', image: /(^|\/)traefik[:@]/ },
  {
    value: 'haproxy',
    controller: 'haproxy.org/ingress-controller',
    label: 'kubernetes-ingress',
    image: /(^|\/)(haproxytech\/)?kubernetes-ingress[:@]/,
  },
];

/** Which one serves a class; undefined for one that the chart does not know. */
export function controllerOf({ spec }: IngressClass): Controller | undefined {
  return controllers.find(({ controller }) => spec.controller?.startsWith(controller));
}

/** Whether a pod is an ingress controller's, whatever its labels. */
export function isController(pod: KubePod): boolean {
  return controllers.some((controller) => isOf(controller, pod));
}

/** The pods of a controller; undefined where they may not be looked at. */
export function podsOf({ systemPods }: ClusterSnapshot, controller: Controller): KubePod[] | undefined {
  return systemPods?.filter((pod) => isOf(controller, pod));
}

function isOf({ label, image }: Controller, { metadata, spec }: KubePod): boolean {
  return (
    metadata.labels?.['app.kubernetes.io/name'] === label || spec.containers.some((one) => image.test(one.image ?? ''))
  );
}
