import { spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object; tests read it by path. */
export interface Manifest {
  kind: string;
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  // oxlint-disable-next-line typescript/no-explicit-any -- a test names the fields that it asserts on
  spec?: any;
  [field: string]: unknown;
}

/** Whether there is a Helm to render with. */
export const hasHelm = spawnSync('helm', ['version']).status === 0;

export interface RenderOptions {
  /** Name of the release. */
  readonly release?: string;
  /** A values file, as text. */
  readonly yaml?: string;
}

/**
 * The chart's objects for these values (a name and its value, as `--set` takes them), as the release `tellers`.
 * @throws Error with what Helm says when the chart refuses the values
 */
export function render(
  values: Record<string, string> = {},
  files: string[] = [],
  { release = 'tellers', yaml }: RenderOptions = {},
): Rendering {
  const sets = Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const from = [...files, ...(yaml === undefined ? [] : ['-'])].flatMap((file) => ['--values', file]);
  const { status, stdout, stderr } = spawnSync('helm', ['template', release, 'helm/tellers', ...from, ...sets], {
    encoding: 'utf8',
    input: yaml,
  });
  if (status !== 0) throw new Error(stderr);
  return new Rendering(parseAllDocuments(stdout).map((document) => document.toJS() as Manifest));
}

/** Objects that were rendered. */
export class Rendering {
  constructor(readonly objects: readonly Manifest[]) {}

  /** All of a kind. */
  all(...kinds: string[]): Manifest[] {
    return this.objects.filter(({ kind }) => kinds.includes(kind));
  }

  /** The one of this kind and name. */
  one(kind: string, name: string): Manifest {
    const found = this.all(kind).find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`no ${kind} ${name} among ${this.names().join(', ')}`);
    return found;
  }

  /** Kind and name of each. */
  names(): string[] {
    return this.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  /** Everything that runs pods, tests too, with its pod spec. */
  podSpecs(): { name: string; spec: Manifest['spec'] }[] {
    return this.all('Deployment', 'StatefulSet', 'Pod').map(({ kind, metadata, spec }) => ({
      name: metadata.name,
      spec: kind === 'Pod' ? spec : spec.template.spec,
    }));
  }

  /** Environment of the first container of a workload: a value, or where it comes from. */
  environment(kind: string, name: string): Record<string, unknown> {
    const { env } = this.one(kind, name).spec.template.spec.containers[0];
    return Object.fromEntries(
      env.map((entry: { name: string; value?: string; valueFrom?: object }) => [
        entry.name,
        entry.value ?? entry.valueFrom,
      ]),
    );
  }
}
