/** The package has no types. What the tests use of it. */
declare module 'xliff' {
  interface XliffFile {
    readonly sourceLanguage: string;
    readonly targetLanguage?: string;
    readonly resources: Readonly<Record<string, Readonly<Record<string, { readonly source?: unknown; readonly target?: unknown }>>>>;
  }
  export function xliff12ToJs(xml: string): Promise<XliffFile>;
  export function jsToXliff12(file: XliffFile): Promise<string>;
  export function js2xliff(file: XliffFile): Promise<string>;
}
