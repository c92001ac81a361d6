import { readFileSync } from 'node:fs';

const commands: readonly [ids: readonly string[], command: string][] = [
  [['debian', 'ubuntu'], 'sudo apt-get install redis-server'],
  [['fedora', 'rhel', 'centos', 'amzn'], 'sudo dnf install valkey'],
  [['alpine'], 'sudo apk add valkey'],
  [['arch'], 'sudo pacman -S valkey'],
  [['suse', 'opensuse'], 'sudo zypper install valkey'],
];

/**
 * The one command that installs a Redis on this system, as the beginning of a sentence.
 * @param osRelease the text of os-release(5), where there is one
 */
export function installHint(platform: NodeJS.Platform, osRelease: string): string {
  if (platform === 'darwin') return 'Run `brew install valkey`';
  const command = commandFor(commands, osRelease);
  return command === undefined ? 'Install Valkey or Redis, or start Docker' : `Run \`${command}\``;
}

/** Of commands for distributions, the one for that which os-release(5) names, or for one like it. */
export function commandFor(known: typeof commands, osRelease: string): string | undefined {
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap((line) =>
    line[1]!.replaceAll('"', '').split(' '),
  );
  return known.find(([names]) => names.some((id) => ids.includes(id)))?.[1];
}

/** The text of this system's os-release(5); empty where there is none. */
export function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
