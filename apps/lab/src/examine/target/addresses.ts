import type { PodUsage } from '../../platform/platform.js';
import { UserError } from '../../user-error.js';
import { endProcessesAt, usageAt } from './address-processes.js';
import { onThisMachine, serviceAddress } from './service-address.js';
import { untilAllTakeConnections } from './takes-connections.js';
import type { Replica, Target } from './target.js';

const graceMs = 10_000;
const oneAddress =
  'Only one address is known: --replicas, --command or --platform kubernetes tells the processes behind it.';
const notStarted =
  'The lab did not start this service: --command or --platform kubernetes lets it start and stop replicas.';

/** A service of which one address is known. @throws UserError */
export function addressTarget(url: string): Target {
  const frontDoor = serviceAddress(url);
  return {
    name: frontDoor,
    frontDoor,
    replicas: async () => [],
    cannot: {
      replicas: oneAddress,
      kill: oneAddress,
      stop: oneAddress,
      roll: notStarted,
      scale: notStarted,
      memory: oneAddress,
    },
    settled: (timeoutMs) => untilAllTakeConnections([frontDoor], timeoutMs),
    close: async () => {},
  };
}

export interface AddressesOptions {
  /** Where clients come in, if that is known. */
  readonly frontDoor?: string | undefined;
  /** Whether the processes that listen at these addresses may be ended. Somebody else must start them again. */
  readonly mayKill?: boolean;
}

/** A service whose replicas are known by their addresses. @throws UserError */
export function addressesTarget(
  urls: readonly string[],
  { frontDoor, mayKill = false }: AddressesOptions = {},
): Target {
  const addresses = urls.map(serviceAddress);
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice !== undefined)
    throw new UserError(`--replicas names ${twice} twice. Each replica has an address of its own.`);
  const door = frontDoor === undefined ? undefined : serviceAddress(frontDoor);
  const replicas: Replica[] = addresses.map((address) => ({ name: new URL(address).host, address }));
  const addressOf = (name: string) => replicas.find((replica) => replica.name === name)!.address;
  const elsewhere = addresses.find((address) => onThisMachine(address) === undefined);
  const used = async (of: (usage: PodUsage) => number) =>
    new Map(await Promise.all(replicas.map(async ({ name, address }) => [name, of(await usageAt(address))] as const)));
  return {
    name: door ?? replicas.map(({ name }) => name).join(', '),
    frontDoor: door,
    replicas: async () => replicas,
    cannot: {
      ...(replicas.length < 2 && {
        replicas: 'Only one replica is known: --replicas takes several, with commas between.',
      }),
      ...(door === undefined && { frontDoor: 'No front door is known: --url names the address that clients use.' }),
      ...whyNot(elsewhere, mayKill),
      roll: notStarted,
      scale: notStarted,
    },
    ...(elsewhere === undefined && {
      memory: () => used(({ memoryBytes }) => memoryBytes),
      cpuSeconds: () => used(({ cpuSeconds }) => cpuSeconds),
    }),
    ...(elsewhere === undefined &&
      mayKill && {
        kill: (name: string) => endProcessesAt(addressOf(name), 'SIGKILL', graceMs),
        stop: (name: string) => endProcessesAt(addressOf(name), 'SIGTERM', graceMs),
      }),
    settled: (timeoutMs) => untilAllTakeConnections([...addresses, ...(door === undefined ? [] : [door])], timeoutMs),
    close: async () => {},
  };
}

function whyNot(elsewhere: string | undefined, mayKill: boolean): Target['cannot'] {
  if (elsewhere !== undefined) {
    const away = `${elsewhere} is not on this machine, so that its process is out of reach.`;
    return { kill: away, stop: away, memory: away };
  }
  const unallowed =
    'The processes at these addresses are ended only with --may-kill, and somebody must start them again.';
  return mayKill ? {} : { kill: unallowed, stop: unallowed };
}
