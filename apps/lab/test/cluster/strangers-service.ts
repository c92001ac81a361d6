import { mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { repositoryRoot } from '../../src/repository.js';
import { kubectl, place } from './place.js';

/** Counts the visits of each client in its own memory, and tells who it is and what it was sent. */
const script = `
import { createServer } from 'node:http';
const visits = new Map();
createServer((request, reply) => {
  const { authorization = '', cookie = '' } = request.headers;
  visits.set(cookie, (visits.get(cookie) ?? 0) + 1);
  reply.setHeader('location', 'http://visits.example/next');
  reply.end(JSON.stringify({ pod: process.env.HOSTNAME, visits: visits.get(cookie), authorization }));
}).listen(8080);
process.on('SIGTERM', () => process.exit(0));
`;
const app = 'visits';
export const port = 8_080;
const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** A service that knows nothing of the lab: a script that a ConfigMap holds, in an image that has Node. */
export async function installService(kind: 'Deployment' | 'StatefulSet', name: string): Promise<void> {
  const metadata = { name, labels: { app, name } };
  const template = {
    metadata: { labels: metadata.labels, annotations: { 'example.com/kept': 'yes' } },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          name: 'web',
          image: `tellers:${place.tag}`,
          args: ['/srv/server.mjs'],
          securityContext,
          volumeMounts: [{ name: 'script', mountPath: '/srv' }],
        },
      ],
      volumes: [{ name: 'script', configMap: { name } }],
    },
  };
  const selector = { matchLabels: { name } };
  const items = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'server.mjs': script } },
    {
      apiVersion: 'apps/v1',
      kind,
      metadata,
      spec: { replicas: 2, selector, template, ...(kind === 'StatefulSet' && { serviceName: name }) },
    },
  ];
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await kubectl(['apply', '--filename', '-'], { input });
  await kubectl(['rollout', 'status', `${kind.toLowerCase()}/${name}`, '--timeout=3m']);
}

/**
 * Lets somebody in who has no rights but those of the Role in the documents, with this workload's name in it. Resolves to a
 * kubeconfig that has a context for it, beside the one that there was.
 */
export async function letExaminerIn(kind: 'Deployment' | 'StatefulSet', name: string): Promise<string> {
  const text = await readFile(join(repositoryRoot, 'docs/your-service-role.yaml'), 'utf8');
  const role = parseAllDocuments(text)[0]!.toJS() as { rules: { resources: string[]; resourceNames?: string[] }[] };
  const named = (resources: readonly string[]): string[] =>
    resources.map((one) => (one === 'deployments' ? `${kind.toLowerCase()}s` : one));
  const metadata = { name, namespace: place.namespace };
  const rules = role.rules.map(({ resources, resourceNames, ...rule }) => ({
    ...rule,
    resources: named(resources),
    ...(resourceNames !== undefined && { resourceNames: [name] }),
  }));
  const rbac = 'rbac.authorization.k8s.io';
  const items = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { ...role, metadata, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
  ];
  await kubectl(['apply', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
  const token = (await kubectl(['create', 'token', name])).trim();
  const config = JSON.parse(
    await kubectl(['config', 'view', '--raw', '--minify', '--flatten', '--output', 'json']),
  ) as Record<'clusters' | 'users' | 'contexts', { name: string }[]>;
  config.users.push({ name: 'examiner', user: { token } } as { name: string });
  const context = { cluster: config.clusters[0]!.name, user: 'examiner', namespace: place.namespace };
  config.contexts.push({ name: 'examiner', context } as { name: string });
  const file = join(mkdtempSync(join(tmpdir(), 'tellers-')), 'kubeconfig');
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
