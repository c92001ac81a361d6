import { commandFor } from '../platform/local/redis/install-hint.js';

/** What a laptop needs for a cluster. */
export type Tool = 'docker' | 'kind' | 'minikube' | 'kubectl' | 'helm';

/** The system that a tool is to be installed on. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** As `process.arch`. */
  readonly arch: string;
  /** The text of os-release(5), where there is one. */
  readonly osRelease: string;
  /** Whether Homebrew is on the PATH. */
  readonly brew: boolean;
}

const formulas: Readonly<Record<Tool, string>> = {
  docker: '--cask docker-desktop',
  kind: 'kind',
  minikube: 'minikube',
  kubectl: 'kubernetes-cli',
  helm: 'helm',
};

const pages: Readonly<Record<Tool, string>> = {
  docker: 'https://docs.docker.com/get-docker/',
  kind: 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation',
  minikube: 'https://minikube.sigs.k8s.io/docs/start/',
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
  helm: 'https://helm.sh/docs/intro/install/',
};

const dockerOf: readonly [ids: readonly string[], command: string][] = [
  [['debian', 'ubuntu'], 'sudo apt-get install -y docker.io'],
  [['fedora', 'amzn'], 'sudo dnf install -y docker'],
  [['arch'], 'sudo pacman -S docker'],
  [['alpine'], 'sudo apk add docker'],
  [['suse', 'opensuse'], 'sudo zypper install docker'],
];

/** The command that installs a tool on this system, or the page that tells how where no command is known. */
export function installCommand(tool: Tool, system: System): string {
  if (system.platform === 'darwin' || (system.brew && tool !== 'docker')) return `brew install ${formulas[tool]}`;
  if (system.platform !== 'linux') return `see ${pages[tool]}`;
  return tool === 'docker'
    ? dockerCommand(system.osRelease)
    : download(tool, system.arch === 'arm64' ? 'arm64' : 'amd64');
}

/** Most distributions have the engine as a package, and the three others not at all or very old. */
function dockerCommand(osRelease: string): string {
  return `${commandFor(dockerOf, osRelease) ?? 'curl -fsSL https://get.docker.com | sudo sh'} && sudo systemctl enable --now docker`;
}

function download(tool: Exclude<Tool, 'docker'>, arch: string): string {
  const install = `sudo install /tmp/${tool} /usr/local/bin/`;
  const from = {
    kind: `https://github.com/kubernetes-sigs/kind/releases/latest/download/kind-linux-${arch}`,
    minikube: `https://github.com/kubernetes/minikube/releases/latest/download/minikube-linux-${arch}`,
    kubectl: `"https://dl.k8s.io/release/$(curl -fsSL https://dl.k8s.io/release/stable.txt)/bin/linux/${arch}/kubectl"`,
  };
  if (tool === 'helm') return 'curl -fsSL https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-4 | bash';
  return `curl -fsSLo /tmp/${tool} ${from[tool]} && ${install}`;
}
