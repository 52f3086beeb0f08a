import { createHash } from 'node:crypto';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { display: grid; place-content: center; min-height: 100vh; margin: 0; padding: 0 1rem }
  main { max-width: 32rem } code { font: 14px ui-monospace, monospace; background: #8882; border-radius: 4px; padding: 0 .2em }`;
/** `<meta http-equiv="refresh">` alone would not load an address with a `#` again, such as the link that signs in. */
const SCRIPT = 'setTimeout(() => location.reload(), 2000)';
const SCRIPT_HASH = createHash('sha256').update(SCRIPT).digest('base64');

/** The page that is shown until the console is built. It loads its address again every two seconds. */
export const BUILDING_PAGE = {
  policy: `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  html: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><noscript><meta http-equiv="refresh" content="2"></noscript><title>Parley</title><style>${STYLE}</style><main><h1>The console is being built</h1><p>It opens here within a minute. If it does not, run <code>npm run build</code> and read its output.</p></main><script>${SCRIPT}</script></html>`,
};
