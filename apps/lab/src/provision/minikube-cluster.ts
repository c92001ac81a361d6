import { minikubeHas, type Image } from './images.js';
import { plainLine } from './kind-state.js';
import type { ClusterOptions, LaptopCluster } from './laptop-cluster.js';
import { output, type RunProgram } from './run-program.js';
import type { Say } from './steps.js';

/** A cluster of one node made by minikube in Docker, which alone maps ports to this laptop. */
export class MinikubeCluster implements LaptopCluster {
  readonly tool = 'minikube';
  readonly name: string;
  readonly context: string;
  readonly ingressContainer: string;

  constructor(
    private readonly run: RunProgram,
    private readonly options: ClusterOptions,
  ) {
    this.name = options.name;
    this.context = options.name;
    this.ingressContainer = options.name;
  }

  async exists(): Promise<boolean> {
    const { code } = await this.run('docker', ['container', 'inspect', this.name]);
    return code === 0;
  }

  /** `minikube start` finishes what was begun and starts what was stopped, so that it is all that is ever needed. */
  async bringUp(say: Say): Promise<string> {
    const there = await this.exists();
    const status = await this.run('minikube', ['status', '--profile', this.name]);
    if (there && status.code === 0) return 'already there';
    const { image, port, tlsPort } = this.options;
    const ports = ['--ports', `127.0.0.1:${port}:80`, '--ports', `127.0.0.1:${tlsPort}:443`];
    const chosen = image === undefined ? [] : ['--base-image', image];
    // As much of the laptop as kind's nodes have; by default it is too little for the bank scaled out.
    const limits = ['--cpus', 'no-limit', '--memory', 'no-limit'];
    const args = [
      'start',
      '--profile',
      this.name,
      '--driver',
      'docker',
      '--wait',
      'all',
      ...limits,
      ...ports,
      ...chosen,
    ];
    await output(this.run, 'minikube', args, { onLine: (line) => say(plainLine(line)) });
    return there ? 'started again' : 'made, 1 node';
  }

  async lacking(images: readonly Image[]): Promise<Image[]> {
    const listing = await output(this.run, 'minikube', ['image', 'ls', '--profile', this.name, '--format', 'json']);
    return images.filter((image) => !minikubeHas(listing, image));
  }

  async load(images: readonly Image[]): Promise<void> {
    await output(this.run, 'minikube', ['image', 'load', '--profile', this.name, ...images.map(({ name }) => name)]);
  }

  async remove(): Promise<void> {
    await output(this.run, 'minikube', ['delete', '--profile', this.name]);
  }
}
