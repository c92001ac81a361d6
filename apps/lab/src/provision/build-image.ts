import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterFault } from '../platform/kubernetes/cluster-fault.js';
import { repositoryRoot } from '../repository.js';
import type { Image } from './images.js';
import { output, type RunProgram } from './run-program.js';
import type { Say } from './steps.js';

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
