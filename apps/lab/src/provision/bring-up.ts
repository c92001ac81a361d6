import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterFault } from '../platform/kubernetes/cluster-fault.js';
import type { Autoscaler, KubeWorkload } from '../doctor/kube-objects.js';
import { repositoryRoot } from '../repository.js';
import { buildImage, imagesIn, inDocker, type Image } from './images.js';
import type { ClusterOptions, LaptopCluster } from './laptop-cluster.js';
import { lookAround } from './look-around.js';
import { awaited } from './readiness.js';
import { release, type InstalledRelease } from './release.js';
import { missingOf, versionIn, type Surroundings } from './requirements.js';
import { output, type RunProgram } from './run-program.js';
import type { Say, Steps } from './steps.js';

const chart = join(repositoryRoot, 'helm/tellers');
const manifest = (name: string): string => join(repositoryRoot, 'k8s', `${name}.yaml`);
/** Waiting ends when nothing has changed for so long: a slow network may still be fetching images. */
const stillMs = 180_000;
const ingressMs = 60_000;

/** What all steps need. */
export interface BringUp {
  readonly run: RunProgram;
  readonly cluster: LaptopCluster;
  readonly options: ClusterOptions;
  readonly steps: Steps;
}

/** Where the bank answers, once it does. */
export interface Opened {
  readonly at: InstalledRelease;
  readonly url: string;
  readonly tlsUrl: string;
}

/** From nothing, or from whatever is there, to the bank open on a cluster of this laptop. Throws ClusterFault. */
export async function bringUp(context: BringUp): Promise<Opened> {
  const { run, cluster, steps } = context;
  const at: InstalledRelease = { context: cluster.context, namespace: 'tellers', name: 'tellers' };
  await steps.run('checks', () => check(context));
  await steps.run('cluster', (say) => cluster.bringUp(say));
  const [url, tlsUrl] = await Promise.all([ingress(context, 80, 'http'), ingress(context, 443, 'https')]);
  let image: Image;
  await steps.run('image', async (say) => {
    const built = await buildImage(run, say);
    ({ image } = built);
    return built.result;
  });
  await steps.run('loading images', (say) => loadImages(context, image, say));
  await steps.run('traefik', () => apply(context, 'traefik'));
  await steps.run('metrics-server', () => applyMetricsServer(context));
  await steps.run('chart', () => release(run, at, chart, valuesFor(image)));
  await steps.run('pods', (say) => waitForPods(context, at, say));
  await steps.run('front door', () => waitForIngress(url));
  return { at, url, tlsUrl };
}

/** The lab on, its page at the front door, and pods that roll when the image is another one under the same name. */
function valuesFor({ id }: Image): string[] {
  const imageId = id.replace('sha256:', '').slice(0, 12);
  const apps = ['auth', 'account', 'session', 'lab'];
  const lab = ['--set', 'lab.enabled=true,lab.ingress.path=/lab'];
  return [...lab, ...apps.flatMap((app) => ['--set-string', `${app}.env.IMAGE_ID=${imageId}`])];
}

async function check({ run, cluster, options }: BringUp): Promise<string> {
  const ports = [
    { port: options.port, flag: '--port' },
    { port: options.tlsPort, flag: '--tls-port' },
  ];
  const found = await lookAround(run, cluster.tool, (await cluster.exists()) ? [] : ports);
  const missing = missingOf(cluster.tool, found);
  if (missing.length === 0) return summary(found);
  const lines = missing.map(({ sentence, command }) => `  ${sentence}\n    ${command}`);
  throw new ClusterFault(`Before a cluster can be made:\n${lines.join('\n')}\nThen run this again.`);
}

function summary({ engine, versions }: Surroundings): string {
  const tools = Object.entries(versions).map(([name, text]) => `${name} ${versionIn(text)?.join('.') ?? '?'}`);
  if (engine.state !== 'answers') return tools.join(', ');
  const memory = Math.round(engine.memoryBytes / 1e9);
  return [`docker ${engine.version}`, ...tools, `${engine.cpus} CPUs, ${memory} GB`].join(', ');
}

async function ingress({ run, cluster }: BringUp, port: number, scheme: string): Promise<string> {
  const { out } = await run('docker', ['port', cluster.ingressContainer, `${port}/tcp`]);
  const mapped = out.split('\n')[0]?.trim();
  if (mapped) return `${scheme}://${mapped}`;
  const again = `npm run ${cluster.tool} -- --name ${cluster.name}`;
  throw new ClusterFault(
    `The cluster ${cluster.name} was made without a port for the front door. Remove it with \`${again} --delete\`, ` +
      'or choose another --name.',
  );
}

/** What this laptop's Docker has and a node lacks is loaded; the nodes fetch the rest themselves. */
async function loadImages({ run, cluster }: BringUp, ours: Image, say: Say): Promise<string> {
  const rendered = await output(run, 'helm', ['template', 'tellers', chart]);
  const manifests = ['traefik', 'metrics-server'].map((name) => readFileSync(manifest(name), 'utf8'));
  const others = imagesIn([...manifests, rendered].join('\n')).filter((name) => name !== ours.name);
  const here = await Promise.all(others.map((name) => inDocker(run, name)));
  const lacking = await cluster.lacking([ours, ...here.filter((image) => image !== undefined)]);
  for (const image of lacking) {
    say(image.name);
    const loading = cluster.load([image]);
    // An image of several platforms cannot always be taken out of Docker.
    await (image === ours ? loading : loading.catch(() => {}));
  }
  return lacking.length === 0 ? 'already there' : lacking.map(({ name }) => name).join(', ');
}

async function apply({ run, cluster }: BringUp, name: string): Promise<string> {
  const said = await output(run, 'kubectl', ['--context', cluster.context, 'apply', '--filename', manifest(name)]);
  const changed = said.split('\n').some((line) => line.trim() !== '' && !line.endsWith(' unchanged'));
  return changed ? 'applied' : 'already there';
}

/** A cluster that came with its own, as minikube's addon, keeps it. */
async function applyMetricsServer(context: BringUp): Promise<string> {
  const { run, cluster } = context;
  const selector = ['--output', 'jsonpath={.spec.selector.matchLabels}'];
  const get = ['--context', cluster.context, '--namespace', 'kube-system', 'get', 'deployment', 'metrics-server'];
  const { code, out } = await run('kubectl', [...get, ...selector]);
  if (code === 0 && !out.includes('app.kubernetes.io/name')) return "already there, the cluster's own";
  return apply(context, 'metrics-server');
}

async function waitForPods(context: BringUp, at: InstalledRelease, say: Say): Promise<string> {
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const objects = [
      ...(await list(context, at.namespace, 'deployments,statefulsets,horizontalpodautoscalers')),
      ...(await list(context, 'kube-system', 'deployments')),
    ];
    const waiting = awaited(objects).join(', ');
    if (waiting === '')
      return `${objects.filter(({ kind }) => kind !== 'HorizontalPodAutoscaler').length} workloads ready`;
    if (waiting !== last) changedAt = performance.now();
    else if (performance.now() - changedAt > stillMs) {
      throw new ClusterFault(`For ${stillMs / 1_000} s nothing has come of: ${waiting}.`);
    }
    last = waiting;
    say(waiting);
    await sleep(1_000);
  }
}

async function list(
  { run, cluster }: BringUp,
  namespace: string,
  kinds: string,
): Promise<(KubeWorkload | Autoscaler)[]> {
  const where = ['--context', cluster.context, '--namespace', namespace];
  const json = await output(run, 'kubectl', [...where, 'get', kinds, '--output', 'json']);
  return (JSON.parse(json) as { items: (KubeWorkload | Autoscaler)[] }).items;
}

async function waitForIngress(url: string): Promise<string> {
  const startedAt = performance.now();
  for (;;) {
    const said = await fetch(`${url}/auth/.well-known/jwks.json`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ status }) => `it answers ${status}`,
      (error: unknown) => `it does not answer: ${(error as Error).message}`,
    );
    if (said === 'it answers 200') return `open at ${url}`;
    if (performance.now() - startedAt > ingressMs) throw new ClusterFault(`The front door is ${url}, and ${said}.`);
    await sleep(500);
  }
}
