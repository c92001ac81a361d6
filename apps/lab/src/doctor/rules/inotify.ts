import { kubectlAt, ownerOf, type ClusterSnapshot, type Rule } from '../cluster-snapshot.js';

const usedUp = /too many open files|EMFILE|ENOSPC: System limit for number of file watchers/;
const limits = 'fs.inotify.max_user_instances=8192 fs.inotify.max_user_watches=1048576';

/** Nodes that are containers share one machine's limits of what may watch files, which several clusters use up. */
export const inotify: Rule = (snapshot) => {
  const { pods, systemPods = [], previousLogs, logs } = snapshot;
  const reported = [...pods, ...systemPods].flatMap((pod) => {
    const { name } = pod.metadata;
    const line = `${previousLogs[name] ?? ''}\n${logs[name] ?? ''}`.split('\n').findLast((text) => usedUp.test(text));
    return line === undefined ? [] : [{ pod, line: line.trim() }];
  });
  const [first] = reported;
  if (first === undefined) return [];
  const names = reported.map(({ pod }) => pod.metadata.name);
  const node = first.pod.spec.nodeName ?? '?';
  const again = reported.map(
    ({ pod }) => `${kubectlAt(snapshot, pod.metadata.namespace)} delete pod ${pod.metadata.name}`,
  );
  return [
    {
      object: `node/${node}`,
      explains: reported.map(({ pod }) => ownerOf(snapshot, pod)),
      sentence:
        `${names.join(', ')} cannot watch files: the machine under the node ${node} has used up what one user may watch ` +
        '(inotify), as several clusters of containers on one machine do.',
      evidence: [first.line.slice(0, 300)],
      next: [[onNode(snapshot, node), ...again].join(' && ')],
    },
  ];
};

/** These settings are the machine's: to set them in one of its nodes sets them for all. */
function onNode({ context }: ClusterSnapshot, node: string): string {
  return context.startsWith('kind-')
    ? `docker exec ${node} sysctl -w ${limits}`
    : `ssh ${node} sudo sysctl -w ${limits}`;
}
