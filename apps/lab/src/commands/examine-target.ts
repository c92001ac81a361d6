import { Option, type Command } from 'commander';
import { addressesTarget, addressTarget } from '../examine/target/addresses.js';
import { behindGateway } from '../examine/target/behind-gateway.js';
import { refusePublic } from '../examine/target/care.js';
import { commandTarget } from '../examine/target/command-target.js';
import type { Journey } from '../examine/journey/journey.js';
import type { Target } from '../examine/target/target.js';
import { UserError } from '../user-error.js';
import { fromUser, wholeNumber } from './options.js';

/** What says where the examined service is, and what may be done to it. */
export interface TargetFlags {
  readonly platform: 'local' | 'kubernetes';
  readonly url?: string;
  /** Addresses with commas between them; how many, for a command. */
  readonly replicas?: string;
  readonly command?: string;
  readonly portVariable: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly workload?: string;
  readonly port?: number;
  readonly readOnly?: true;
  readonly mayKill?: true;
  readonly iOwnThisService?: true;
}

const maxReplicas = 20;

/** Adds the options that say where the service is, and what may be done to it. */
export function withTargetOptions(command: Command): Command {
  return command
    .option('--url <address>', 'where clients come in: http://127.0.0.1:3000')
    .option('--replicas <list>', 'addresses of its replicas, with commas between; with --command, how many to start')
    .option('--command <line>', 'starts a replica: the lab runs several, behind a front door of its own')
    .option('--port-variable <name>', 'with --command: the variable that says on which port a replica listens', 'PORT')
    .addOption(
      new Option('--platform <name>', 'where it runs: at addresses or as processes, or as a workload of a cluster')
        .choices(['local', 'kubernetes'])
        .default('local'),
    )
    .option('--context <name>', 'kubernetes: the context of the kubeconfig; the current one if not given')
    .option('--namespace <name>', 'kubernetes: the namespace of the workload; the context’s if not given')
    .option('--workload <kind/name>', 'kubernetes: deployment/cart, statefulset/cart, replicaset/cart')
    .option('--port <number>', 'kubernetes: where its pods speak HTTP', wholeNumber(1, 65_535))
    .option('--read-only', 'kill, stop and scale nothing')
    .option('--may-kill', 'with --replicas: end the processes at these addresses, which something else starts again')
    .option('--i-own-this-service', 'examine it though it is outside this machine and private networks');
}

/** Starts the service where a command does, and opens what it is asked through. */
export type OpenTarget = (journey: Journey, say: (sentence: string) => void) => Promise<Target>;

/** Reads where the service is, and sends nothing yet. @throws UserError */
export async function targetIn(flags: TargetFlags): Promise<OpenTarget> {
  const { url, replicas, command, mayKill = false } = flags;
  if (flags.platform === 'kubernetes') return onCluster(flags);
  if (flags.workload !== undefined) throw new UserError('--workload goes with --platform kubernetes.');
  if (command !== undefined) return commanded(command, flags);
  const addresses = replicas?.split(',').map((address) => address.trim()) ?? [];
  if (replicas !== undefined && addresses.every((address) => /^\d+$/.test(address))) {
    throw new UserError('--replicas takes addresses with commas between them; a number goes with --command.');
  }
  if (addresses.length === 0 && url === undefined) {
    throw new UserError(
      'Say where the service is: --url http://127.0.0.1:3000, --replicas with the addresses of its replicas, or --command ' +
        "'node server.js' to have it started.",
    );
  }
  const target = addresses.length === 0 ? addressTarget(url!) : addressesTarget(addresses, { frontDoor: url, mayKill });
  if (!flags.iOwnThisService) await refusePublic([...addresses, ...(url === undefined ? [] : [url])]);
  return (_, say) => (addresses.length === 0 ? Promise.resolve(target) : behindGateway(target, say));
}

function onCluster(flags: TargetFlags): OpenTarget {
  const { context, namespace, workload, port, url, readOnly = false, replicas, command } = flags;
  if (replicas !== undefined || command !== undefined) {
    throw new UserError(
      'With --platform kubernetes, --workload says what is examined: leave out --replicas and --command.',
    );
  }
  if (workload === undefined || port === undefined) {
    throw new UserError(
      '--platform kubernetes takes --workload deployment/NAME, and --port where its pods speak HTTP.',
    );
  }
  return async (journey, say) => {
    if (url !== undefined && !flags.iOwnThisService) await refusePublic([url]);
    // The client library takes half a second and much memory, which nobody pays who stays on one machine.
    const { kubernetesTarget } = await import('../examine/target/kubernetes/kubernetes-target.js');
    const given = {
      ...(context !== undefined && { context }),
      ...(namespace !== undefined && { namespace }),
      ...(url !== undefined && { url }),
    };
    return kubernetesTarget({ ...given, workload, port, readyPath: readyPathOf(journey), readOnly, say });
  };
}

function commanded(command: string, { url, replicas, portVariable }: TargetFlags): OpenTarget {
  if (url !== undefined) {
    throw new UserError('--command starts the service, and --url names one that runs: give one of them.');
  }
  const count = Number(replicas ?? 2);
  if (!Number.isInteger(count) || count < 1 || count > maxReplicas) {
    throw new UserError(`With --command, --replicas says how many to start: a whole number from 1 to ${maxReplicas}.`);
  }
  return (journey, say) => {
    say(`starting ${count} ${count === 1 ? 'replica' : 'replicas'}`);
    const readyPath = readyPathOf(journey);
    return commandTarget({ command, replicas: count, portVariable, cwd: fromUser('.'), readyPath, say });
  };
}

/** What shows that a replica answers, whatever it answers: nothing is asked for that no client asks for. */
function readyPathOf({ requests }: Journey): string {
  return requests.find(({ method, path }) => method === 'GET' && !path.includes('{{'))?.path ?? '/';
}
