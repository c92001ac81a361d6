import { Command, InvalidArgumentError, Option } from 'commander';
import { ClusterFault } from '../platform/kubernetes/cluster-fault.js';
import { bringUp } from '../provision/bring-up.js';
import { ourImage } from '../provision/images.js';
import type { ClusterOptions, LaptopCluster } from '../provision/laptop-cluster.js';
import { nextSteps } from '../provision/next-steps.js';
import { output, runProgram, type RunProgram } from '../provision/run-program.js';
import { Steps } from '../provision/steps.js';
import { diagnose } from '../doctor/diagnose.js';
import { wholeNumber } from './options.js';

type Flags = ClusterOptions & { readonly delete?: boolean };

/** What tells one tool's command from the other's. */
export interface ClusterTool {
  readonly tool: 'kind' | 'minikube';
  readonly description: string;
  readonly imageOption: Option;
  readonly cluster: (run: RunProgram, options: ClusterOptions) => LaptopCluster;
}

/** A command that takes this laptop from nothing to the bank on a cluster, or removes all of that. */
export function clusterCommand({ tool, description, imageOption, cluster }: ClusterTool): Command {
  return new Command(tool)
    .description(description)
    .option('--name <name>', 'name of the cluster', clusterName, 'tellers')
    .addOption(imageOption)
    .addOption(ingressPortOption('--port', 'HTTP', 8080).env('TELLERS_PORT'))
    .addOption(ingressPortOption('--tls-port', 'HTTPS', 8443))
    .option('--delete', 'remove the cluster with all that is in it, and our image')
    .addHelpText(
      'after',
      '\nA step that is done is skipped: run it again after a change, or after it failed half-way.' +
        `\nNeeds Docker with 2 CPUs and 4 GB, ${tool}, kubectl and helm; says how to install what is missing.`,
    )
    .action(async (flags: Flags) => {
      const made = cluster(runProgram, flags);
      if (flags.delete) await remove(made);
      else await open(made, flags);
    });
}

async function open(cluster: LaptopCluster, options: ClusterOptions): Promise<void> {
  const steps = new Steps(process.stderr);
  try {
    const opened = await bringUp({ run: runProgram, cluster, options, steps });
    process.stdout.write(`${nextSteps(cluster, opened).join('\n')}\n`);
  } catch (error) {
    if (!(error instanceof ClusterFault)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    if (steps.last === 'pods' || steps.last === 'front door') {
      // The bank is there by then, and its cluster can tell more than the step that failed.
      const { isHealthy, lines } = await diagnose(runProgram, { context: cluster.context });
      if (!isHealthy) process.stderr.write(`\n${lines.join('\n')}\n`);
    }
    process.exitCode = 1;
  }
}

async function remove(cluster: LaptopCluster): Promise<void> {
  const steps = new Steps(process.stderr);
  await steps.run('cluster', async () => {
    if (!(await cluster.exists())) return `there is no ${cluster.name}`;
    await cluster.remove();
    return `${cluster.name} removed`;
  });
  await steps.run('image', async () => {
    const { code } = await runProgram('docker', ['image', 'inspect', ourImage()]);
    if (code !== 0) return `there is no ${ourImage()}`;
    await output(runProgram, 'docker', ['image', 'rm', ourImage()]);
    return `${ourImage()} removed`;
  });
}

function ingressPortOption(flag: string, scheme: string, byDefault: number): Option {
  return new Option(`${flag} <number>`, `port of 127.0.0.1 for ${scheme}, of a cluster that is made now`)
    .argParser(wholeNumber(1, 65_535))
    .default(byDefault);
}

/** Reads a name that containers and contexts can have. */
export function clusterName(text: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError('It takes up to 40 small letters, digits and hyphens.');
}
