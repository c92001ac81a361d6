/** Rejects when a call takes longer: an API server that nothing reaches would keep us for minutes. */
export async function bounded<Result>(
  call: Promise<Result>,
  timeoutMs = 20_000,
  fault = new Error(`no answer within ${timeoutMs / 1_000} s`),
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(fault), timeoutMs);
  });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}
