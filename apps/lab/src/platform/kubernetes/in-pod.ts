import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Exec, type V1Status } from '@kubernetes/client-node';
import { CannotHere } from '../cannot-here.js';
import { bounded } from '../bounded.js';
import type { Cluster } from './cluster.js';

/** Runs a command in a container of a pod, as `kubectl exec` does, and gives what it printed. */
export async function runInPod(
  { config, namespace }: Cluster,
  pod: { readonly name: string; readonly container: string },
  command: string[],
): Promise<string> {
  const [out, error] = [new PassThrough(), new PassThrough()];
  const reported = Promise.all([text(out), text(error)]);
  const ended = new Promise<V1Status>((resolve, reject) => {
    new Exec(config)
      .exec(namespace, pod.name, pod.container, command, out, error, null, false, resolve)
      .catch((refused: { readonly message?: string }) =>
        reject(
          new CannotHere(
            `No command may be run in the pod ${pod.name} (pods/exec): ${refused.message ?? 'it is refused'}.`,
          ),
        ),
      );
  });
  const { status, message } = await bounded(ended);
  out.end();
  error.end();
  const [printed, complaint] = await reported;
  if (status !== 'Success') throw new Error(`${command.join(' ')} in ${pod.name}: ${complaint.trim() || message}`);
  return printed;
}
