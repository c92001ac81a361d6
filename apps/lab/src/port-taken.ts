/** An address that we should listen on is not to be had here, for another reason than that its port is taken. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';

  /** @param remedy as {@link PortTaken} has it */
  constructor(
    host: string,
    port: number,
    { code, message }: { code?: string | undefined; message: string },
    remedy: string,
  ) {
    const what = code === 'EACCES' ? `Choose a port from 1024 on ${remedy}` : 'This machine must have that address';
    super(`Nobody can listen on port ${port} of ${host} here: ${message}. ${what}.`);
  }
}

/** A port that we should listen on belongs to somebody else. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  /** @param remedy how to choose another one, after "Choose another one" */
  constructor(port: number, remedy: string) {
    super(`Port ${port} is taken. Choose another one ${remedy}.`);
  }
}
