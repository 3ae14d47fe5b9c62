/** A worker for tests that lives in the same thread: what `remote.ts` sees of one, with a real Comlink between. */
import * as Comlink from 'comlink';

class Endpoint extends EventTarget {
  other: Endpoint | null = null;

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    const data = structuredClone(message, { transfer });
    queueMicrotask(() => this.other?.dispatchEvent(new MessageEvent('message', { data })));
  }
}

export class ThreadlessWorker extends Endpoint {
  terminated = false;

  /** @param api what it answers; null for a worker that never starts */
  constructor(api: object | null) {
    super();
    const inside = new Endpoint();
    inside.other = this;
    this.other = inside;
    if (api) Comlink.expose(api, inside as unknown as Comlink.Endpoint);
  }

  terminate(): void {
    this.terminated = true;
    if (this.other) this.other.other = null;
    this.other = null;
  }

  /** What a browser says of a worker that throws outside of any call, or cannot be loaded. */
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}
