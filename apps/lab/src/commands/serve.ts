import { Command, Option } from 'commander';
import { aborted, Interrupts } from './interrupts.js';
import { pagePortOption } from './options.js';
import { withPlatformOptions, type PlatformFlags } from './platform-options.js';

interface ServeFlags extends PlatformFlags {
  readonly host: string;
  readonly port: number;
}

/** `lab serve`: the live page of a bank on a cluster; what the chart's lab pod runs. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('serve a page that shows the bank on a cluster as it happens: what lab watch shows, in a browser')
    .addOption(
      new Option('--host <address>', 'address that the page is served on')
        .env('TELLERS_PAGE_HOST')
        .default('127.0.0.1'),
    )
    .addOption(pagePortOption('--port'))
    .addHelpText(
      'after',
      '\nServes /, /state as JSON, /events as a stream, /livez and /readyz. Ctrl-C ends it; it changes nothing, and has no' +
        '\nguard: whoever reaches it sees the bank.',
    );
  withPlatformOptions(command, 'kubernetes');
  return command.action(async (flags: ServeFlags) => {
    if (flags.platform === 'local') {
      command.error('error: a bank on this machine can be seen by the process that runs it alone: npm start shows it.');
    }
    await serve(flags);
  });
}

async function serve(flags: ServeFlags): Promise<void> {
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const interrupts = new Interrupts(say);
  const [{ watchKubernetesPlatform }, { serveDashboard }] = await Promise.all([
    import('../platform/kubernetes/start-kubernetes-platform.js'),
    import('../dashboard/dashboard.js'),
  ]);
  const platform = await watchKubernetesPlatform({ ...flags, say });
  try {
    const dashboard = await serveDashboard({
      platform,
      workloads: platform.workloads,
      bank: `${platform.bank.release} in the namespace ${platform.bank.namespace}`,
      host: flags.host,
      port: flags.port,
      portRemedy: 'for the page with --port or TELLERS_PAGE_PORT',
    });
    interrupts.stopInOrder();
    say(`Page: ${dashboard.url}`);
    await aborted(interrupts.signal);
    await dashboard.close();
  } finally {
    await platform.close();
  }
}
