// The package is an ES module, but its types describe its CommonJS build, which has another default export.
declare module '@jitl/quickjs-wasmfile-release-sync' {
  import type { QuickJSSyncVariant } from 'quickjs-emscripten-core';

  const variant: QuickJSSyncVariant;
  export default variant;
}

// Of the global, what the sandbox uses: only the types of browsers have it.
declare namespace WebAssembly {
  class Memory {
    constructor(pages: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
}
