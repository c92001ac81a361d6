import { expect, it } from '@jest/globals';
import { installHint } from './install-hint.js';

it.each([
  ['darwin', '', 'Run `brew install valkey`'],
  ['linux', 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'Run `sudo apt-get install redis-server`'],
  ['linux', 'ID=rocky\nID_LIKE="rhel centos fedora"\n', 'Run `sudo dnf install valkey`'],
  ['linux', 'ID=alpine\nVERSION_ID=3.22\n', 'Run `sudo apk add valkey`'],
  ['linux', 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', 'Run `sudo zypper install valkey`'],
  ['linux', '', 'Install Valkey or Redis, or start Docker'],
  ['win32', '', 'Install Valkey or Redis, or start Docker'],
] as const)('names one command on %s %j', (platform, osRelease, hint) => {
  expect(installHint(platform, osRelease)).toBe(hint);
});
