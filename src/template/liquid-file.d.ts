// The ES module of liquidjs. `liquidjs` alone is CommonJS for Node, and takes four times as long to import.
declare module 'liquidjs/dist/liquid.node.mjs' {
  export * from 'liquidjs';
}
