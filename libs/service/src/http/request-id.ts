const acceptable = /^[\w.-]{1,64}$/;

/**
 * Ids for requests: the caller's own X-Request-Id where it is harmless in a log, else the boot id and a counter, which is
 * unique and costs nothing.
 */
export function requestIds(bootId: string): (headers: NodeJS.Dict<string | string[]>) => string {
  let count = 0;
  return (headers) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && acceptable.test(given)) return given;
    count += 1;
    return `${bootId}-${count.toString(36)}`;
  };
}
