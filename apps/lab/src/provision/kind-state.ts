/** How much of a kind cluster is there. */
export type ClusterState = 'whole' | 'half-made' | 'silent' | 'not ready';

/** What is seen of a cluster whose containers are there. */
export interface ClusterSigns {
  /** How many containers it has. */
  readonly containers: number;
  /** Whether kubeadm has begun its work on the control plane. */
  readonly configured: boolean;
  /** Its nodes as its API tells them; absent where the API does not answer. */
  readonly nodes: readonly { readonly ready: boolean }[] | undefined;
  readonly hasStorageClass: boolean;
}

/** kind installs the storage class before the workers join, and nothing after that: with both it was made to its end. */
export function stateOf({ containers, configured, nodes, hasStorageClass }: ClusterSigns): ClusterState {
  if (!configured) return 'half-made';
  if (nodes === undefined) return 'silent';
  if (!hasStorageClass || nodes.length < containers) return 'half-made';
  return nodes.every(({ ready }) => ready) ? 'whole' : 'not ready';
}

/** Which nodes are ready, from `kubectl get nodes --output json`. */
export function nodesIn(json: string): { ready: boolean }[] {
  const { items } = JSON.parse(json) as {
    items: { status: { conditions?: { type: string; status: string }[] } }[];
  };
  return items.map(({ status }) => ({
    ready: status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false,
  }));
}

/** k8s/kind.yaml with other ports for HTTP and HTTPS. */
export function withPorts(configuration: string, port: number, tlsPort: number): string {
  return configuration
    .replace(/(containerPort: 80, hostPort: )\d+/, `$1${port}`)
    .replace(/(containerPort: 443, hostPort: )\d+/, `$1${tlsPort}`);
}

/** A step that kind or minikube tells, without the pictures and dots that it draws, so that its begin and end are alike. */
export function plainLine(line: string): string {
  // oxlint-disable-next-line no-control-regex
  return line.replaceAll(/\u001B\[[0-9;]*m|[^\u0020-\u007E]|\.\.\./g, '').trim();
}
