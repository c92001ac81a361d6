import { installCommand } from '../cluster/install-command.js';
import { thisSystem } from '../cluster/look-around.js';
import type { RunProgram } from '../cluster/run-program.js';
import { examine } from './examine.js';
import { askKubectl, findNamespaces, gather } from './gather.js';
import { render } from './render.js';
import type { Finding } from './cluster-snapshot.js';

/** What the doctor says, and whether all is well. */
export interface Diagnosis {
  readonly isHealthy: boolean;
  readonly lines: readonly string[];
}

/** Where to look: kubeconfig's current context, and the namespace where the bank is found, where not given. */
export interface Place {
  readonly context?: string;
  readonly namespace?: string;
}

/** Looks at the bank on a cluster and says why something does not work. */
export async function diagnose(run: RunProgram, place: Place): Promise<Diagnosis> {
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
  if ('failed' in version) {
    return unwell(context, `The cluster ${context} does not answer: ${version.failed}`, 'kubectl config get-contexts');
  }
  const namespaces = place.namespace === undefined ? await findNamespaces(ask) : [place.namespace];
  if ('failed' in namespaces) {
    return unwell(
      context,
      `Nobody knows where the bank is: ${namespaces.failed}`,
      'npm run lab -- doctor --namespace <name>',
    );
  }
  const [namespace, ...others] = namespaces;
  if (namespace === undefined) return unwell(context, `The bank is not on the cluster ${context}.`, install(context));
  if (others.length > 0) {
    const sentence = `The bank is in several namespaces of ${context}: ${namespaces.join(', ')}.`;
    return unwell(context, sentence, `npm run lab -- doctor --namespace ${namespace}`);
  }
  const snapshot = await gather(ask, context, namespace);
  if (snapshot.workloads.length === 0) {
    return unwell(context, `The bank is not in the namespace ${namespace} of ${context}.`, install(context, namespace));
  }
  const findings = examine(snapshot);
  return { isHealthy: findings.length === 0, lines: render(snapshot, findings) };
}

function install(context: string, namespace = 'tellers'): string {
  return `helm --kube-context ${context} --namespace ${namespace} install tellers helm/tellers --create-namespace`;
}

function unwell(object: string, sentence: string, next: string): Diagnosis {
  const finding: Finding = { object, sentence, next: [next] };
  return { isHealthy: false, lines: render(undefined, [finding]) };
}
