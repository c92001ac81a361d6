import { setTimeout as sleep } from 'node:timers/promises';
import { installCommand } from '../provision/install-command.js';
import { thisSystem } from '../provision/look-around.js';
import type { RunProgram } from '../provision/run-program.js';
import type { ClusterSelection } from '../platform/kubernetes/cluster.js';
import { askKubectl, reasonsIn, type Ask } from './ask.js';
import type { Finding } from './cluster-snapshot.js';
import { examine } from './examine.js';
import { gather } from './gather.js';
import type { KubePod } from './kube-objects.js';
import { chart, findReleases } from './release.js';
import { isFault, render } from './render.js';
import { leftBehind } from './rules/tests.js';

const againAfterMs = 3_000;

/** What the doctor says, and whether all is well. */
export interface Diagnosis {
  readonly isHealthy: boolean;
  /** Whether something is not there yet, and may come without anybody's doing. */
  readonly isStarting: boolean;
  readonly lines: readonly string[];
}

/** Looks at the bank on a cluster and says why something does not work. */
export async function diagnose(run: RunProgram, place: ClusterSelection): Promise<Diagnosis> {
  const { code, out } = await run('kubectl', ['config', 'current-context']);
  if (code === 127) {
    return unwell(
      'kubectl',
      'kubectl is missing, and it is what the doctor looks with.',
      installCommand('kubectl', thisSystem()),
    );
  }
  const context = place.context ?? out.trim();
  if (context === '') return unwell('kubeconfig', 'kubeconfig has no current context.', 'npm run kind');
  const ask = askKubectl(run, context);
  const version = await ask('get', '--raw', '/version');
  if (version.failed !== undefined) {
    const [reason] = reasonsIn(version.failed);
    return unwell(context, `The cluster ${context} does not answer: ${reason}`, 'kubectl config get-contexts');
  }
  const found = await findReleases(ask, place);
  if ('failed' in found) {
    const reasons = reasonsIn(found.failed).join('; ');
    return unwell(context, `Nobody knows where the bank is: ${reasons}.`, 'npm run lab -- doctor --namespace <name>');
  }
  const [at, ...others] = found.releases;
  if (at === undefined)
    return nowhere(ask, context, { ...place, ...(found.namespace && { namespace: found.namespace }) });
  if (others.length > 0) {
    const flags = found.releases.map(({ namespace, release }) => `--namespace ${namespace} --release ${release}`);
    const commands = flags.map((flag) => `npm run lab -- doctor --context ${context} ${flag}`);
    return unwell(context, `There are ${flags.length} releases on ${context}. Choose one:`, ...commands);
  }
  const snapshot = await gather(ask, context, at);
  const findings = examine(snapshot);
  return {
    isHealthy: !findings.some(isFault),
    isStarting: findings.some(({ level }) => level === 'not yet'),
    lines: render(snapshot, findings),
  };
}

/** The same, once the bank is well or something is wrong: what is only starting is looked at again. */
export async function diagnoseStarted(run: RunProgram, place: ClusterSelection): Promise<Diagnosis> {
  for (;;) {
    const diagnosis = await diagnose(run, place);
    if (!diagnosis.isHealthy || !diagnosis.isStarting) return diagnosis;
    await sleep(againAfterMs);
  }
}

/** There is no release: it was never there, or it has gone and left something. */
async function nowhere(ask: Ask, context: string, { namespace, release }: ClusterSelection): Promise<Diagnosis> {
  const where = namespace === undefined ? `on the cluster ${context}` : `in the namespace ${namespace} of ${context}`;
  const bank = release === undefined ? 'The bank' : `The release ${release}`;
  const scope = namespace === undefined ? '--all-namespaces' : `--namespace=${namespace}`;
  const tests = await ask(
    'get',
    'pods',
    scope,
    '--selector',
    `${chart},app.kubernetes.io/component=test`,
    '--output',
    'json',
  );
  const left =
    tests.failed === undefined ? leftBehind((JSON.parse(tests.out) as { items: KubePod[] }).items, context) : [];
  const install: Finding = {
    object: context,
    sentence: `${bank} is not ${where}.`,
    next: [
      `helm --kube-context ${context} --namespace ${namespace ?? 'tellers'} install ${release ?? 'tellers'} helm/tellers --create-namespace`,
    ],
  };
  return { isHealthy: false, isStarting: false, lines: render(undefined, [install, ...left]) };
}

function unwell(object: string, sentence: string, ...next: string[]): Diagnosis {
  return { isHealthy: false, isStarting: false, lines: render(undefined, [{ object, sentence, next }]) };
}
