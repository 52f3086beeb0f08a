/** Single values of the installation, such as the hash of the admin's key. The first value of a key stays. */
export interface MetaStore {
  get(key: string): Promise<string | undefined>;
  /** Stores a value unless the key exists. Returns the stored value. */
  putIfAbsent(key: string, value: string): Promise<string>;
}
