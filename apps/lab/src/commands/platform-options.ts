import { Option, type Command } from 'commander';
import type { WorkloadName } from '../bank/modes.js';
import type { Place } from '../bank/kubernetes/place.js';
import type { KubernetesOptions } from '../bank/kubernetes/start-kubernetes-platform.js';
import type { ExtraEnvironment } from '../bank/local/templates.js';
import type { Platform } from '../platform/platform.js';

export interface PlatformFlags extends Omit<KubernetesOptions, 'say'> {
  readonly platform: Platform['name'];
}

/** Adds the options that say where the bank runs. */
export function withPlatformOptions(command: Command, byDefault: PlatformFlags['platform']): Command {
  return command
    .addOption(
      new Option('--platform <name>', 'where the bank runs: here, or on a cluster where the chart is installed')
        .choices(['local', 'kubernetes'])
        .default(byDefault),
    )
    .option('--context <name>', 'kubernetes: the context of the kubeconfig; the current one if not given')
    .option('--namespace <name>', 'kubernetes: the namespace of the bank; if not given, the one where it is found')
    .addOption(new Option('--release <name>', 'kubernetes: which bank, where there are several').env('RELEASE'))
    .addOption(
      new Option('--url <address>', 'kubernetes: its front door (ingress); if not given, found by the Ingress').env(
        'BASE_URL',
      ),
    )
    .addOption(
      new Option(
        '--connect-to <host>',
        'kubernetes: where the host name of --url is reached, if not by DNS: a Service of the ingress controller, an address',
      ).env('CONNECT_TO'),
    )
    .addHelpText(
      'after',
      '\nOn a cluster it acts with the rights of your kubeconfig, in the bank’s namespace: Kubernetes’ own role edit has all' +
        '\nbut patch on pods/resize, by which two experiments limit CPU. To look takes the role view, and get and create on' +
        '\npods/portforward: pods tell their figures on a second port, which is reached by port-forwards.' +
        '\nA front door whose certificate no public authority signed is trusted by NODE_EXTRA_CA_CERTS=<file of the authority>.',
    );
}

/** What a bank of our own is made of; a cluster has its own already. */
export interface LocalFlags {
  readonly port: number;
  readonly workloads: Partial<Record<WorkloadName, number>>;
  readonly environment?: ExtraEnvironment;
}

/** Brings up the bank here, or finds it on a cluster. Resolves to what it has: a cluster's bank may lack some modes. */
export async function openPlatform(
  flags: PlatformFlags,
  local: LocalFlags,
  say: (sentence: string) => void,
): Promise<{ platform: Platform; workloads: readonly string[]; place?: Place }> {
  if (flags.platform === 'local') {
    const { startLocalPlatform } = await import('../bank/local/start-local-platform.js');
    const platform = await startLocalPlatform({ ...local, say });
    return { platform, workloads: Object.keys(local.workloads) };
  }
  // The client library takes half a second and much memory, which nobody pays who stays on one machine.
  const { startKubernetesPlatform } = await import('../bank/kubernetes/start-kubernetes-platform.js');
  const { readPlace } = await import('../bank/kubernetes/place.js');
  const place = await readPlace(flags);
  const platform = await startKubernetesPlatform({ ...flags, say });
  return { platform, workloads: platform.workloads, place };
}
