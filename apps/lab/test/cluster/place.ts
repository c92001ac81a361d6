import { ClusterFault } from '../../src/platform/kubernetes/cluster-fault.js';
import { output, runProgram, type ProgramOptions } from '../../src/provision/run-program.js';

/** Each of the workers that run specs beside each other has its own. */
const namespace = given('TEST_NAMESPACES').split(' ')[Number(process.env['JEST_WORKER_ID'] ?? 1) - 1]!;

/** Where `npm run test:cluster` has opened a bank for these tests. */
export const place = {
  context: given('TEST_CONTEXT'),
  namespace,
  /** Named as its namespace is, so that no other bank on the cluster has pods with the same labels. */
  release: namespace,
  /** Tag of the image that it has built and loaded. */
  tag: given('TEST_TAG'),
  /** For a shell: brings {image} onto the nodes. */
  loadImage: given('TEST_LOAD_IMAGE'),
  /** The name that the bank's Ingress answers to, so that it shares the front door with other banks. */
  host: `${namespace}.test`,
  /** Where the front door is: address and port. */
  ingressUrl: given('TEST_INGRESS_URL'),
} as const;

/** The bank's front door, by its own name. */
export const bankUrl = `http://${place.host}:${new URL(place.ingressUrl).port || 80}`;

const where = ['--namespace', place.namespace];

/** What kubectl says, asked in the bank's namespace. Throws ClusterFault where it ends badly. */
export function kubectl(args: readonly string[], options?: ProgramOptions): Promise<string> {
  return output(runProgram, 'kubectl', ['--context', place.context, ...where, ...args], options);
}

/** What kubectl tells of these objects. */
export async function objects<Kind>(...args: string[]): Promise<Kind[]> {
  return (JSON.parse(await kubectl(['get', ...args, '--output', 'json'])) as { items: Kind[] }).items;
}

/** What kubectl tells of one object. */
export async function object<Kind>(kind: string, name: string): Promise<Kind> {
  return JSON.parse(await kubectl(['get', kind, name, '--output', 'json'])) as Kind;
}

/** What helm says in the bank's namespace. Throws ClusterFault where it ends badly, and where the cluster warns. */
export async function helm(...args: string[]): Promise<string> {
  const all = ['--kube-context', place.context, ...where, ...args];
  const { code, out, err } = await runProgram('helm', all);
  // As information helm's own client tells of a watch that ended, in the word of a warning.
  const warned = err.split('\n').some((line) => /warn/i.test(line) && !/^I\d{4} /.test(line));
  if (code !== 0 || warned) throw new ClusterFault(`\`helm ${all.join(' ')}\` ended with ${code}:\n${err}`);
  return out;
}

/** Tells a figure that was seen, for whoever reads along. */
export function report(sentence: string): void {
  process.stderr.write(`    ${sentence}\n`);
}

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: these tests are run by npm run test:cluster.`);
  return value;
}
