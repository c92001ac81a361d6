/** A port that we should listen on belongs to somebody else. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  /** @param remedy how to choose another one, after "Choose another one" */
  constructor(port: number, remedy: string) {
    super(`Port ${port} is taken. Choose another one ${remedy}.`);
  }
}
