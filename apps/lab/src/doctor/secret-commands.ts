import { componentOf, helmUpgrade, kubectl, type ClusterSnapshot, type Finding } from './cluster-snapshot.js';

/** The values that give a release a Secret of the user's own instead of what it makes itself. */
const values: Readonly<Record<string, string>> = {
  redis: 'redis.existingSecret',
  account: 'account.existingSecret',
  lab: 'lab.existingSecret',
  'signing-keys': 'signingKeys.existingSecret',
};

interface Lacking {
  readonly secret: string;
  /** Undefined where files of any name do: signing keys. */
  readonly key: string | undefined;
  readonly isThere: boolean;
}

/** How a Secret is made that pods can start with; those that wait for it then start by themselves. */
export function madeAnew(
  snapshot: ClusterSnapshot,
  { secret, key, isThere }: Lacking,
  owners: readonly string[],
): Pick<Finding, 'next' | 'look'> {
  const own = ownValueOf(snapshot, secret);
  if (own !== undefined) {
    // The release makes what is not there and what no value says is the user's.
    const upgrade = helmUpgrade(snapshot, `${own}=`);
    return { next: [isThere ? `${kubectl(snapshot, `delete secret ${secret}`)} && ${upgrade}` : upgrade] };
  }
  const isOfAnotherRedis = owners.length > 1 && !snapshot.workloads.some((one) => componentOf(one) === 'redis');
  if (isOfAnotherRedis) return { next: [], look: [kubectl(snapshot, `get secret ${secret}`)] };
  const literal =
    key === undefined
      ? `"$(date +%s).pem=$(openssl ecparam -name prime256v1 -genkey -noout)"`
      : `${key}="$(openssl rand -hex 32)"`;
  const make = `create secret generic ${secret} --from-literal=${literal}`;
  if (!isThere) return { next: [kubectl(snapshot, make)] };
  return {
    next: [
      `${kubectl(snapshot, `${make} --dry-run=client --output yaml`)} | ${kubectl(snapshot, 'apply --filename -')}`,
    ],
  };
}

/** The value that would name another Secret in place of the release's own; undefined for what is the user's. */
function ownValueOf({ workloads }: ClusterSnapshot, secret: string): string | undefined {
  const auth = workloads.find((workload) => componentOf(workload) === 'auth')?.metadata.name;
  const fullname = auth?.replace(/-auth$/, '');
  return secret.startsWith(`${fullname}-`) ? values[secret.slice(`${fullname}-`.length)] : undefined;
}
