import { runProgram } from '../../src/provision/run-program.js';
import type { WorkloadName } from '../../src/bank/modes.js';
import { place } from './place.js';

/** A lab that ends while it has scaled a workload, as by SIGKILL. */
export async function killedLab(workload: WorkloadName, replicas: number): Promise<void> {
  const { context, namespace, release } = place;
  const script = `
    const { watchKubernetesPlatform } = await import('./dist/apps/lab/src/bank/kubernetes/start-kubernetes-platform.js');
    const platform = await watchKubernetesPlatform(${JSON.stringify({ context, namespace, release })});
    await platform.scale('${workload}', ${replicas});
    process.kill(process.pid, 'SIGKILL');`;
  await runProgram(process.execPath, ['--input-type=module', '--eval', script]);
}
