import { InvalidEnvironment } from './environment.js';
import { createService, type Service, type ServiceDefinition } from './service.js';

/** sysexits(3): a fault in the configuration. */
const exitConfiguration = 78;

/**
 * Runs a service until it is told to stop. Wrong settings are all told on standard error, then exit 78. SIGTERM and
 * SIGINT drain it, then exit 0; a second signal exits at once.
 */
export async function runService(define: () => ServiceDefinition): Promise<void> {
  const definition = await rightOrExit(define);
  let service: Service | undefined;
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    // Told to stop before anybody was served: there is nothing to drain.
    if (!service) process.exit(0);
    service.log.info({ signal }, 'draining');
    await service.drain.begin();
    await service.close();
    service.log.info('stopped');
    process.exit(0);
  };
  // First of all: as process 1 of a container, Node ignores a signal that nobody handles.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        service?.log.fatal({ err: error }, 'stopping failed');
        process.exit(1);
      });
    });
  }
  const created = await createService(definition);
  const address = await rightOrExit(() => created.listen());
  service = created;
  created.log.info({ ...address, bootId: created.pod.bootId }, 'listening');
}

async function rightOrExit<Result>(take: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(exitConfiguration);
  }
}
