import { Marked } from 'marked';
import { apiPage } from './api-page.js';

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  h3 { margin-top: 2.5rem; border-top: 1px solid #8884; padding-top: 1rem }
  code, pre { font: 14px/1.5 ui-monospace, monospace; background: #8882; border-radius: 4px; padding: 0 .2em }
  pre { padding: .8em; overflow: auto } pre code { background: none; padding: 0 }
  table { border-collapse: collapse } td { border-bottom: 1px solid #8884; padding: .3em .8em .3em 0; vertical-align: top } thead { display: none }`;

/** Writes the reference page as HTML that needs no script. */
export function docsPage(document: object): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>`;
      },
    },
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Parley: the API</title><style>${STYLE}</style><main>${marked.parse(apiPage(document), { async: false })}</main></html>`;
}
