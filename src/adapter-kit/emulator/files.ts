import { randomBytes } from 'node:crypto';
import type { Exchange } from './exchange.js';

/** A file that a person has sent, as a provider serves it. */
export interface EmulatedFile {
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** The files of an emulator, served at `/files/<id>`. */
export interface EmulatedFiles {
  /** Adds a file and returns its id. */
  add(file: EmulatedFile): string;
  get(id: string): EmulatedFile | undefined;
  ids(): readonly string[];
  remove(id: string): void;
  /** Answers a request with the file at its path; 404 if there is none. */
  serve(exchange: Exchange): void;
}

export function createEmulatedFiles(): EmulatedFiles {
  const files = new Map<string, EmulatedFile>();
  return {
    add(file) {
      const id = String(1_000_000_000_000_000 + randomBytes(6).readUIntBE(0, 6));
      files.set(id, file);
      return id;
    },
    get: (id) => files.get(id),
    ids: () => [...files.keys()],
    remove: (id) => void files.delete(id),
    serve({ incoming, response }) {
      const id = /^\/files\/(\d+)/.exec(incoming.url ?? '')?.[1] ?? '';
      const file = files.get(id);
      if (file) response.writeHead(200, { 'content-type': file.mimeType, 'content-length': file.bytes.length }).end(file.bytes);
      else response.writeHead(404).end();
    },
  };
}
