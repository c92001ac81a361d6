import { describe, expect, it } from '@jest/globals';
import { MinikubeCluster } from './minikube-cluster.js';
import type { RunProgram } from './run-program.js';

/** Answers each command with a code, and keeps what was asked. */
function laptop(codes: Readonly<Record<string, number>>): { run: RunProgram; asked: string[] } {
  const asked: string[] = [];
  const run: RunProgram = async (program, args) => {
    const command = [program, ...args].join(' ');
    asked.push(command);
    const known = Object.keys(codes).find((start) => command.startsWith(start));
    return { code: known === undefined ? 0 : codes[known]!, out: '', err: '' };
  };
  return { run, asked };
}

const options = { name: 'tellers', port: 9080, tlsPort: 9443 };
const silent = (): void => {};

describe('MinikubeCluster', () => {
  it('is made in Docker, with the front door on this laptop alone', async () => {
    const { run, asked } = laptop({ 'docker container inspect': 1, 'minikube status': 85 });
    expect(await new MinikubeCluster(run, options).bringUp(silent)).toBe('made, 1 node');
    const start = asked.find((command) => command.startsWith('minikube start'));
    expect(start).toContain('--profile tellers --driver docker');
    expect(start).toContain('--ports 127.0.0.1:9080:80 --ports 127.0.0.1:9443:443');
    expect(start).not.toContain('--base-image');
  });

  it('is started again when it is stopped, and left alone when it runs', async () => {
    const stopped = laptop({ 'minikube status': 7 });
    expect(await new MinikubeCluster(stopped.run, options).bringUp(silent)).toBe('started again');
    const running = laptop({});
    expect(await new MinikubeCluster(running.run, options).bringUp(silent)).toBe('already there');
    expect(running.asked.some((command) => command.startsWith('minikube start'))).toBe(false);
  });

  it('takes the node image that is wished for', async () => {
    const { run, asked } = laptop({ 'docker container inspect': 1, 'minikube status': 85 });
    await new MinikubeCluster(run, { ...options, image: 'base:1' }).bringUp(silent);
    expect(asked.join('\n')).toContain('--base-image base:1');
  });
});
