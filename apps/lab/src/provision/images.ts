import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterFault } from '../platform/kubernetes/cluster-fault.js';
import { repositoryRoot } from '../repository.js';
import { output, type RunProgram } from './run-program.js';
import type { Say } from './steps.js';

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

/** Attestations make an image index of one image, which not every kind can load; builders that know none ignore it. */
const environment = { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };

/** The image that the chart names by default. */
export function ourImage(): string {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string };
  return `tellers:${version}`;
}

/** The image as Docker has it here, or nothing where it has not. */
export async function inDocker(run: RunProgram, name: string): Promise<Image | undefined> {
  const { code, out } = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', name]);
  return code === 0 ? { name, id: out.trim() } : undefined;
}

/** Builds the image; Docker's own cache skips what has not changed. */
export async function buildImage(run: RunProgram, say: Say): Promise<{ image: Image; result: string }> {
  const name = ourImage();
  const before = await inDocker(run, name);
  // The classic builder says `Step 3/12 : ...`, BuildKit `#7 [build 3/6] ...`.
  const onLine = (line: string): void => {
    if (/^Step |^#\d+ \[/.test(line)) say(line.trim().slice(0, 100));
  };
  await output(run, 'docker', ['build', '--tag', name, repositoryRoot], { onLine, environment });
  const image = await inDocker(run, name);
  if (image === undefined) throw new ClusterFault(`Docker built ${name} and does not have it.`);
  return { image, result: image.id === before?.id ? `${name} already there` : `${name} built` };
}
