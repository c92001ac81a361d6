import {
  ListWatch,
  Watch,
  type KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
} from '@kubernetes/client-node';

export interface Watching<T extends KubernetesObject> {
  readonly config: KubeConfig;
  /** Of the collection, as `/apis/apps/v1/namespaces/bank/deployments`. */
  readonly path: string;
  readonly list: () => Promise<KubernetesListObject<T>>;
  /** By labels; all objects if not given. */
  readonly selector?: string;
  /** By fields, as `metadata.name=cart`. */
  readonly fieldSelector?: string;
  /** Called at each change with the object as it is now, or was last. */
  readonly onChange?: (object: T, gone: boolean) => void;
}

const retryMs = 1_000;

/** Objects of one kind, kept up to date by a watch. */
export class WatchedList<T extends KubernetesObject> {
  #closed = false;

  private constructor(private readonly informer: ListWatch<T>) {}

  /** Resolves when it knows all that there is now; rejects when it may not. A watch that breaks later is begun anew. */
  static async start<T extends KubernetesObject>(watching: Watching<T>): Promise<WatchedList<T>> {
    const { config, path, list, selector, fieldSelector, onChange } = watching;
    const informer = new ListWatch<T>(path, new Watch(config), list, false, selector, fieldSelector);
    const watched = new WatchedList(informer);
    let fault: unknown;
    informer.on('error', (error: unknown) => (fault = error));
    if (onChange !== undefined) {
      informer.on('add', (object) => onChange(object, false));
      informer.on('update', (object) => onChange(object, false));
      informer.on('delete', (object) => onChange(object, true));
    }
    await informer.start();
    if (fault !== undefined) throw fault;
    informer.on('error', () => watched.#again());
    return watched;
  }

  all(): readonly T[] {
    return this.informer.list();
  }

  find(name: string): T | undefined {
    return this.all().find(({ metadata }) => metadata?.name === name);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.informer.stop();
  }

  #again(): void {
    setTimeout(() => {
      if (!this.#closed) void this.informer.start();
    }, retryMs).unref();
  }
}
