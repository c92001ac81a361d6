import { expect, it } from '@jest/globals';
import { installCommand, type System, type Tool } from './install-command.js';

const linux: System = {
  platform: 'linux',
  arch: 'arm64',
  osRelease: 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian',
  brew: false,
};

it.each<[Tool, Partial<System>, string]>([
  ['docker', { platform: 'darwin' }, 'brew install --cask docker-desktop'],
  ['kubectl', { platform: 'darwin' }, 'brew install kubernetes-cli'],
  ['kind', { brew: true }, 'brew install kind'],
  ['docker', { brew: true }, 'sudo apt-get install -y docker.io && sudo systemctl enable --now docker'],
  [
    'docker',
    { osRelease: 'ID=rocky\nID_LIKE="rhel centos fedora"' },
    'sudo dnf install -y docker && sudo systemctl enable --now docker',
  ],
  ['docker', { osRelease: '' }, 'curl -fsSL https://get.docker.com | sudo sh && sudo systemctl enable --now docker'],
  ['minikube', { platform: 'win32' }, 'see https://minikube.sigs.k8s.io/docs/start/'],
])('installs %s on %j by one command', (tool, system, command) => {
  expect(installCommand(tool, { ...linux, ...system })).toBe(command);
});

it.each<Tool>(['kind', 'minikube', 'kubectl'])('downloads %s for the processor that there is', (tool) => {
  expect(installCommand(tool, linux)).toContain('arm64');
  expect(installCommand(tool, { ...linux, arch: 'x64' })).toContain('amd64');
});
