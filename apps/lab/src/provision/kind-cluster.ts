import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterFault } from '../platform/kubernetes/cluster-fault.js';
import { repositoryRoot } from '../repository.js';
import { nodeHas, type Image } from './images.js';
import type { ClusterOptions, LaptopCluster } from './laptop-cluster.js';
import { nodesIn, plainLine, stateOf, withPorts, type ClusterState } from './kind-state.js';
import { output, type RunProgram } from './run-program.js';
import type { Say } from './steps.js';

const answerMs = 60_000;
const readyMs = 180_000;

/** A cluster of three nodes made by kind from k8s/kind.yaml. */
export class KindCluster implements LaptopCluster {
  readonly tool = 'kind';
  readonly name: string;
  readonly context: string;
  readonly ingressContainer: string;

  constructor(
    private readonly run: RunProgram,
    private readonly options: ClusterOptions,
  ) {
    this.name = options.name;
    this.context = `kind-${options.name}`;
    this.ingressContainer = `${options.name}-control-plane`;
  }

  async exists(): Promise<boolean> {
    return (await this.#containers()).length > 0;
  }

  async bringUp(say: Say): Promise<string> {
    const containers = await this.#containers();
    if (containers.length === 0) return this.#make(say);
    const stopped = containers.filter(({ state }) => state !== 'running');
    for (const { name, state } of stopped) {
      say(`starting ${name}`);
      await output(this.run, 'docker', [state === 'paused' ? 'unpause' : 'start', name]);
    }
    // Fails where kind was ended before there was anything to connect to; the state tells.
    await this.run('kind', ['export', 'kubeconfig', '--name', this.name]);
    const state = await this.#settle(containers.length, say);
    if (state === 'half-made') {
      say('it was left half-made: making it anew');
      await this.remove();
      return this.#make(say);
    }
    if (state !== 'whole') {
      throw new ClusterFault(
        `The cluster ${this.name} is there and ${state === 'silent' ? 'does not answer' : 'its nodes do not become ready'}. ` +
          `\`kubectl --context ${this.context} get nodes\` shows it; \`npm run kind -- --delete --name ${this.name}\` removes it.`,
      );
    }
    return stopped.length > 0 ? 'was stopped; its nodes are started again' : 'already there';
  }

  async lacking(images: readonly Image[]): Promise<Image[]> {
    const listings = await Promise.all(
      (await this.#containers()).map(({ name }) =>
        output(this.run, 'docker', ['exec', name, 'ctr', '--namespace', 'k8s.io', 'images', 'ls']),
      ),
    );
    return images.filter((image) => !listings.every((listing) => nodeHas(listing, image)));
  }

  async load(images: readonly Image[]): Promise<void> {
    await output(this.run, 'kind', ['load', 'docker-image', '--name', this.name, ...images.map(({ name }) => name)]);
  }

  async remove(): Promise<void> {
    await output(this.run, 'kind', ['delete', 'cluster', '--name', this.name]);
  }

  async #make(say: Say): Promise<string> {
    const { image, port, tlsPort } = this.options;
    const configuration = withPorts(readFileSync(join(repositoryRoot, 'k8s/kind.yaml'), 'utf8'), port, tlsPort);
    const chosen = image === undefined ? [] : ['--image', image];
    // Its steps have a mark; what has none is a warning or a greeting.
    const report = (line: string): void => void (/[•✓]/.test(line) && say(plainLine(line)));
    const args = ['create', 'cluster', '--name', this.name, '--config', '-', '--wait', '180s', ...chosen];
    await output(this.run, 'kind', args, { input: configuration, onLine: report });
    return `made, ${(await this.#containers()).length} nodes`;
  }

  /** Waits until it is whole, known to be half-made, or will not become either. */
  async #settle(containers: number, say: Say): Promise<ClusterState> {
    const startedAt = performance.now();
    for (;;) {
      const state = await this.#state(containers);
      const waitMs = { whole: 0, 'half-made': 0, silent: answerMs, 'not ready': readyMs }[state];
      if (performance.now() - startedAt >= waitMs) return state;
      say(state === 'silent' ? 'waiting for it to answer' : 'waiting for its nodes');
      await sleep(1_000);
    }
  }

  async #state(containers: number): Promise<ClusterState> {
    const kubectl = (...args: string[]) =>
      this.run('kubectl', ['--context', this.context, '--request-timeout=5s', ...args]);
    const [configured, nodes, classes] = await Promise.all([
      this.run('docker', ['exec', this.ingressContainer, 'test', '-s', '/etc/kubernetes/admin.conf']),
      kubectl('get', 'nodes', '--output', 'json'),
      kubectl('get', 'storageclasses', '--output', 'name'),
    ]);
    return stateOf({
      containers,
      // Docker's own failures have words; those of `test` have none.
      configured: configured.code === 0 || configured.err.trim() !== '',
      nodes: nodes.code === 0 ? nodesIn(nodes.out) : undefined,
      hasStorageClass: classes.out.trim() !== '',
    });
  }

  async #containers(): Promise<{ name: string; state: string }[]> {
    const filter = `label=io.x-k8s.kind.cluster=${this.name}`;
    const listed = await this.run('docker', ['ps', '--all', '--filter', filter, '--format', '{{.Names}} {{.State}}']);
    const rows = listed.out.split('\n').filter((row) => row.trim() !== '');
    return rows.map((row) => ({ name: row.split(' ')[0]!, state: row.split(' ')[1]! }));
  }
}
