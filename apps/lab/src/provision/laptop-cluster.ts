import type { Image } from './images.js';
import type { Say } from './steps.js';

/** A cluster on this laptop, by whichever tool makes it. */
export interface LaptopCluster {
  readonly tool: 'kind' | 'minikube';
  readonly name: string;
  /** Its name in kubeconfig. */
  readonly context: string;
  /** Whether anything of it is there, whole or not. */
  exists(): Promise<boolean>;
  /** Makes it, or brings back what is there; says what it did. */
  bringUp(say: Say): Promise<string>;
  /** Which of these images some node lacks. */
  lacking(images: readonly Image[]): Promise<Image[]>;
  /** Puts images of this laptop's Docker on every node. */
  load(images: readonly Image[]): Promise<void>;
  /** The container that the front door's ports are mapped to. */
  readonly ingressContainer: string;
  /** Removes it and all that is in it. */
  remove(): Promise<void>;
}

/** What the user chooses. */
export interface ClusterOptions {
  readonly name: string;
  /** Ports of 127.0.0.1 for HTTP and HTTPS. */
  readonly port: number;
  readonly tlsPort: number;
  /** The node image; absent: the tool's own. */
  readonly image?: string;
}
