import type { Keep, LeftBehind } from './keep.js';

/** What an editor has kept: one record for each editor that is or was open. */
interface KeptRecord extends LeftBehind {
  readonly code: string;
  /** When it was kept, in milliseconds since 1970. */
  readonly at: number;
}

/** The store of the browser for the flow that an editor opens. */
export interface BrowserKeep {
  /** The id of this editor. */
  readonly id: string;
  readonly keep: Keep;
  /** What editors of the flow that are closed have left, the newest first. */
  readonly left: readonly LeftBehind[];
  /** Removes what was left, after this editor keeps it itself or the host has it. */
  readonly forget: (left: LeftBehind) => Promise<void>;
  /** Leaves what is kept to the next editor. */
  readonly close: () => void;
}

const STORE = 'flows';

/**
 * Opens the store of the browser for an editor of a flow. Each editor has a lock as long as its page is open: what was kept under a lock that
 * nobody holds was left behind. Where the browser has no locks, that is everything.
 */
export async function openBrowserKeep(code: string): Promise<BrowserKeep> {
  const id = newEditorId();
  let close = () => {};
  const isClosed = new Promise<void>((resolve) => {
    close = resolve;
  });
  void navigator.locks?.request(lockOf(id), () => isClosed);
  const database = await openDatabase();
  const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
  const all = await done<KeptRecord[]>(database.transaction(STORE).objectStore(STORE).getAll());
  const left = all.filter((record) => record.code === code && !held.has(lockOf(record.id))).sort((a, b) => b.at - a.at);
  const write = (act: (store: IDBObjectStore) => IDBRequest) => {
    const transaction = database.transaction(STORE, 'readwrite');
    act(transaction.objectStore(STORE));
    return finished(transaction);
  };
  return {
    id,
    left,
    close,
    keep: {
      put: (kept) => write((store) => store.put({ ...kept, id, code, at: Date.now() } satisfies KeptRecord)),
      remove: () => write((store) => store.delete(id)),
    },
    forget: (kept) => write((store) => store.delete(kept.id)),
  };
}

/** A store that keeps nothing, for browsers that have none: the host still gets every change within two seconds. */
export function noKeep(): BrowserKeep {
  return {
    id: newEditorId(),
    keep: { put: () => Promise.resolve(), remove: () => Promise.resolve() },
    left: [],
    close: () => {},
    forget: () => Promise.resolve(),
  };
}

function newEditorId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join('-');
}

function lockOf(id: string): string {
  return `parley.editor.${id}`;
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('parley', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
