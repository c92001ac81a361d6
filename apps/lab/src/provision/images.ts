/** An image that pods will want, by its name and by what Docker calls it here. */
export interface Image {
  readonly name: string;
  /** Docker's ID (`sha256:...`). */
  readonly id: string;
}

/** The images that Kubernetes manifests name, each once, in their order. */
export function imagesIn(manifests: string): string[] {
  return [...new Set([...manifests.matchAll(/^[\s-]*image: *["']?([^\s"']+)/gm)].map((line) => line[1]!))];
}

/** The whole name of an image, as a node's container runtime keeps it. */
export function wholeName(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return `docker.io/library/${name}`;
  return /[.:]/.test(first) || first === 'localhost' ? name : `docker.io/${name}`;
}

/**
 * Whether a node has just this image under just this name.
 * @param listing what `ctr --namespace k8s.io images ls` says there: a row has a name or an ID, its type and its digest
 */
export function nodeHas(listing: string, { name, id }: Image): boolean {
  const digests = new Map(
    listing
      .split('\n')
      .map((row) => row.split(/\s+/))
      .map(([ref, , digest]) => [ref, digest]),
  );
  const digest = digests.get(wholeName(name));
  // The runtime keeps each image under its ID too; an engine on containerd's own store has the digest for its ID.
  return digest !== undefined && (digest === id || digest === digests.get(id));
}

/** Whether minikube has it, from `minikube image ls --format json`. */
export function minikubeHas(listing: string, { name, id }: Image): boolean {
  const images = JSON.parse(listing) as { id: string; repoTags?: string[] | null }[];
  return images.some(
    (image) => `sha256:${image.id.replace('sha256:', '')}` === id && image.repoTags?.includes(wholeName(name)),
  );
}
