import type { Opened } from './bring-up.js';
import type { LaptopCluster } from './laptop-cluster.js';

/** What is printed when the bank is open: its addresses and what to try next. */
export function nextSteps({ tool, name }: LaptopCluster, { at, url, tlsUrl }: Opened): string[] {
  const kubectl = `kubectl --context ${at.context} --namespace ${at.namespace}`;
  const helm = `helm --kube-context ${at.context} --namespace ${at.namespace}`;
  const named = name === 'tellers' ? '' : ` --name ${name}`;
  // The lab looks for a front door at kind's usual address by itself.
  const urlFlag = url === 'http://127.0.0.1:8080' ? '' : ` --url ${url}`;
  const token = `${kubectl} get secret ${at.name}-lab --output jsonpath='{.data.page-token}' | base64 --decode`;
  const rows: [command: string, meaning: string][] = [
    [`${kubectl} get pods,hpa`, 'what runs'],
    [`npm run lab -- watch --platform kubernetes${urlFlag}`, 'pods, CPU, sessions and failures as it happens'],
    [`echo "${url}/lab/#token=$(${token})"`, 'the same as a page, by the link that lets you act on the bank'],
    [`npm run lab -- run scale-out --platform kubernetes${urlFlag}`, 'a surge, and the HPA scales out'],
    [`${helm} get notes ${at.name}`, 'be a customer, change the signing key'],
    [`${helm} test ${at.name}`, "the chart's own test"],
    [`npm run lab -- doctor --context ${at.context}`, 'why something does not work'],
    [`npm run ${tool} -- --delete${named}`, 'remove all of it'],
  ];
  return [
    '',
    `The bank is open at ${url} and ${tlsUrl}, in the namespace ${at.namespace} of ${at.context}. Try next:`,
    '',
    ...rows.flatMap(([command, meaning]) => [`  # ${meaning}`, `  ${command}`]),
  ];
}
