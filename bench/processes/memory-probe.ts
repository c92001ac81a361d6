// Loaded into a measured process before its program, with --expose-gc: tells how much memory is in use when asked.
process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
// The channel must not keep a process alive that wants to end.
process.channel?.unref();
