import { whenParentEnds } from './when-parent-ends.js';

// Loaded into each pod before its own program (node --import). A pod has a session of its own, so that Ctrl-C reaches the
// lab alone; the channel to the lab closes when the lab ends, however that comes about, and then so must the pod.
const graceMs = 2_000;

whenParentEnds(() => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
});
// The channel alone must not keep a pod alive that has nothing left to do.
process.channel?.unref();
