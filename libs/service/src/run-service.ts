import { InvalidEnvironment } from './environment.js';
import { createService, type ServiceDefinition } from './service.js';

/** sysexits(3): a fault in the configuration. */
const exitConfiguration = 78;

/**
 * Runs a service until it is told to stop. Wrong settings are all told on standard error, then exit 78. SIGTERM and
 * SIGINT drain it, then exit 0; a second signal exits at once.
 */
export async function runService(define: () => ServiceDefinition): Promise<void> {
  const definition = definedOrExit(define);
  const service = await createService(definition);
  const { log, pod, drain } = service;
  const address = await service.listen();
  log.info({ ...address, bootId: pod.bootId }, 'listening');

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'draining');
    await drain.begin();
    await service.close();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.fatal({ err: error }, 'stopping failed');
        process.exit(1);
      });
    });
  }
}

function definedOrExit(define: () => ServiceDefinition): ServiceDefinition {
  try {
    return define();
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(exitConfiguration);
  }
}
