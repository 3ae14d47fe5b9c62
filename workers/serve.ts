/**
 * Puts objects behind Comlink, as one: every method answers with a value whose typed arrays are moved, not copied, and an
 * exception crosses as `thrown.ts` says.
 */
import * as Comlink from 'comlink';
import './thrown.ts';

type Method = (...args: never[]) => unknown;

export function serve(...apis: readonly object[]): void {
  const served = Object.fromEntries(
    apis.flatMap((api) =>
      methodNames(api).map((name) => {
        const method = (api as Record<string, Method>)[name].bind(api) as (...args: unknown[]) => unknown;
        return [name, async (...args: unknown[]) => moved(await method(...args))];
      }),
    ),
  );
  Comlink.expose({ ...served, life: () => life });
}

const life = holdLock();

/** Holds a lock until the worker ends, by which the page learns of its end; null where there are no locks (insecure pages). */
async function holdLock(): Promise<string | null> {
  const locks = (navigator as Partial<NavigatorLocks>).locks;
  if (!locks) return null;
  const name = `saddle worker ${crypto.randomUUID()}`;
  await new Promise<void>((held) => {
    locks.request(name, () => {
      held();
      return new Promise<never>(() => {});
    });
  });
  return name;
}

function methodNames(api: object): string[] {
  const prototype: object | null = Object.getPrototypeOf(api);
  const own = prototype && prototype !== Object.prototype ? Object.getOwnPropertyNames(prototype) : [];
  return [...Object.keys(api), ...own].filter(
    (name) => name !== 'constructor' && typeof (api as Record<string, unknown>)[name] === 'function',
  );
}

function moved(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const buffers = new Set<ArrayBuffer>();
  collectBuffers(value, buffers);
  return Comlink.transfer(value, [...buffers]);
}

function collectBuffers(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) collectBuffers(child, buffers);
  }
}
