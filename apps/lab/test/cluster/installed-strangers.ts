import { expected } from '../strangers/expected.js';
import { type Stranger, type StrangerName, strangers } from '../strangers/strangers.js';
import { kubectl, place } from './place.js';
import { strangerImage } from './stranger-image.js';

/** Where a stranger's pods speak HTTP. */
export const strangerPort = 8_080;
/** What all of them are labelled with, to be taken away together. */
const labels = { 'app.kubernetes.io/part-of': 'strangers' };
const selector = 'app.kubernetes.io/part-of=strangers';
const redis = 'strangers-redis';
const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** The name that the front door knows a stranger by. */
export const strangerHost = (name: string): string => `${name}.${place.host}`;

/** A Redis for those that keep sessions in one, of the image that the chart's own has. */
export async function installRedis(): Promise<void> {
  const command = ['valkey-server', '--save', '', '--protected-mode', 'no'];
  await apply(deployed(redis, { image: 'valkey/valkey:9.1.2', command, port: 6_379, replicas: 1 }));
}

/** Two replicas of each as its maker would have them, behind the ingress controller. */
export async function installStrangers(names: readonly StrangerName[]): Promise<void> {
  const rules = names.map((name) => {
    const backend = { service: { name, port: { number: strangerPort } } };
    return { host: strangerHost(name), http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } };
  });
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'strangers', labels },
    spec: { ingressClassName: 'traefik', rules },
  };
  await apply([ingress, ...names.flatMap(replicasOf)]);
}

export async function removeStrangers(): Promise<void> {
  await kubectl(['delete', 'ingress,service,deployment', '--selector', selector, '--timeout=2m']);
}

function replicasOf(name: StrangerName): object[] {
  const { command, portVariable = 'PORT', environment = {} }: Stranger = strangers[name];
  const env = {
    ...environment,
    [portVariable]: String(strangerPort),
    LISTEN_AT: '0.0.0.0',
    REDIS_URL: `redis://${redis}:6379`,
    REDIS_PREFIX: `${name}:`,
  };
  const annotations = expected[name].mode === 'sticky' ? ledBack : {};
  const shell = ['sh', '-c', `exec ${command}`];
  return deployed(name, { image: strangerImage, command: shell, env, port: strangerPort, replicas: 2, annotations });
}

/** Whoever keeps sessions in memory is told to have its clients led back. */
const ledBack = {
  'traefik.ingress.kubernetes.io/service.sticky.cookie': 'true',
  'traefik.ingress.kubernetes.io/service.sticky.cookie.name': 'replica',
};

interface Deployed {
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port: number;
  readonly replicas: number;
  /** Of its Service. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Deployment as the restricted Pod Security profile has it, and its Service. */
function deployed(name: string, { image, command, env = {}, port, replicas, annotations = {} }: Deployed): object[] {
  const own = { app: name };
  const container = {
    name: 'web',
    image,
    command,
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    ports: [{ containerPort: port }],
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    securityContext,
  };
  const spec = {
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    // A Service's name would say its port in the variables of the program that has the same name.
    enableServiceLinks: false,
    // Node as process 1 does not hear SIGTERM.
    terminationGracePeriodSeconds: 3,
    containers: [container],
  };
  const template = { metadata: { labels: { ...labels, ...own } }, spec };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: { replicas, selector: { matchLabels: own }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels, annotations },
      spec: { selector: own, ports: [{ port }] },
    },
  ];
}

/** Makes objects, and waits for those that have pods. */
async function apply(items: readonly object[]): Promise<void> {
  await kubectl(['apply', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
  await kubectl(['rollout', 'status', 'deployment', '--selector', selector, '--timeout=3m']);
}
