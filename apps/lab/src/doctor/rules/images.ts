import type { KubePod } from '../kube-objects.js';
import {
  componentOf,
  containerOf,
  containersOf,
  groupBy,
  helmUpgrade,
  kubectl,
  lastingPods,
  ownerOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';

const reasons = ['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName', 'ImageInspectError'];

interface Want {
  readonly pod: KubePod;
  readonly image: string;
  readonly message: string;
}

/** Images that a node has not and cannot get. */
export const images: Rule = (snapshot) =>
  groupBy(lastingPods(snapshot).flatMap(wantsOf), ({ image }) => image).map(([image, group]) => {
    const owners = [...new Set(group.map(({ pod }) => ownerOf(snapshot, pod)))];
    const where = [...new Set(group.map(({ pod }) => pod.spec.nodeName ?? '?'))].toSorted();
    const tags = tagsOnNodes(snapshot, repositoryOf(image)).filter((name) => name !== image);
    const there = tags.length === 0 ? '' : ` The nodes have ${tags.join(', ')}.`;
    const message = group.find((want) => want.message !== '')?.message;
    return {
      object: owners[0]!,
      explains: owners.slice(1),
      sentence:
        `The image ${image} is not on ${where.join(', ')} and cannot be pulled; ` +
        `${owners.join(', ')} ${owners.length === 1 ? 'needs' : 'need'} it.${there}`,
      ...(message === undefined ? {} : { evidence: [message] }),
      ...mendedBy(snapshot, image, tags, group[0].pod),
    };
  });

function wantsOf(pod: KubePod): Want[] {
  return containersOf(pod).flatMap(({ name, state }) => {
    const { reason = '', message = '' } = state?.waiting ?? {};
    if (!reasons.includes(reason)) return [];
    const { image = '' } = containerOf(pod, name)!;
    // That it will be tried again says nothing; what comes after that says why it failed.
    return [{ pod, image, message: message.replace(/^Back-off pulling image "[^"]*"(: ErrImagePull: )?/, '') }];
  });
}

function mendedBy(
  snapshot: ClusterSnapshot,
  image: string,
  tags: readonly string[],
  pod: KubePod,
): Pick<Finding, 'next' | 'look'> {
  const load = loadCommand(snapshot, image);
  const [there] = tags;
  const isRedis = componentOf(pod) === 'redis';
  const value = isRedis ? `redis.image=${there}` : `image.tag=${there?.split(':').at(-1)}`;
  const isOurs = isRedis || repositoryOf(image).endsWith('tellers');
  const next = isOurs && there !== undefined ? [helmUpgrade(snapshot, value)] : [];
  const get = image.startsWith('tellers:') ? `docker build --tag ${image} .` : `docker pull ${image}`;
  if (load !== undefined) next.push(`${get} && ${load}`);
  return next.length > 0 ? { next } : { next, look: [kubectl(snapshot, `describe pod ${pod.metadata.name}`)] };
}

/** How an image gets from Docker onto the nodes of this cluster, where it is a laptop's. */
function loadCommand({ context, nodes = [] }: ClusterSnapshot, image: string): string | undefined {
  const minikube = nodes
    .map(({ metadata }) => metadata.labels?.['minikube.k8s.io/name'])
    .find((name) => name !== undefined);
  if (minikube !== undefined) return `minikube image load ${image} --profile ${minikube}`;
  if (context.startsWith('kind-')) return `kind load docker-image ${image} --name ${context.slice('kind-'.length)}`;
  return undefined;
}

function repositoryOf(image: string): string {
  return image.replace(/(@.*|:[^:/]*)$/, '');
}

/** Names of a repository's images that some node has, without the registry that Docker leaves out too. */
function tagsOnNodes({ nodes = [] }: ClusterSnapshot, repository: string): string[] {
  const names = nodes.flatMap(({ status }) => status.images ?? []).flatMap((image) => image.names ?? []);
  const short = names.map((name) => name.replace(/^docker\.io\/(library\/)?/, ''));
  return [...new Set(short.filter((name) => !name.includes('@') && repositoryOf(name) === repository))].toSorted();
}
