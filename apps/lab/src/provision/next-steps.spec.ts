import { expect, it } from '@jest/globals';
import { KindCluster } from './kind-cluster.js';
import { nextSteps } from './next-steps.js';
import { runProgram } from './run-program.js';

const text = (name: string, port: number): string => {
  const cluster = new KindCluster(runProgram, { name, port, tlsPort: 8443 });
  const at = { context: cluster.context, namespace: 'tellers', name: 'tellers' };
  const opened = { at, url: `http://127.0.0.1:${port}`, tlsUrl: 'https://127.0.0.1:8443' };
  return nextSteps(cluster, opened).join('\n');
};

it('prints the addresses, and commands that need nothing else', () => {
  expect(text('tellers', 8080)).toContain('open at http://127.0.0.1:8080 and https://127.0.0.1:8443');
  expect(text('tellers', 8080)).toMatch(/npm run kind -- --delete$/);
  expect(text('tellers', 8080)).not.toContain('--url');
  expect(text('tellers', 8080)).toContain(
    'echo "http://127.0.0.1:8080/lab/#token=$(kubectl --context kind-tellers --namespace tellers get secret tellers-lab',
  );
});

it('names what is not as usual', () => {
  expect(text('mine', 9080)).toMatch(/npm run kind -- --delete --name mine$/);
  expect(text('mine', 9080)).toContain('run scale-out --platform kubernetes --url http://127.0.0.1:9080');
  expect(text('mine', 9080)).toContain('kubectl --context kind-mine');
});
