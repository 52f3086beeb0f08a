/**
 * Loads the editor of template fields. Without a network it waits for it: until then the text stands in its place, and the rest of the form can
 * be used.
 */
export async function loadTemplateEditor(): Promise<typeof import('./TemplateEditor.js')> {
  for (;;) {
    try {
      return await import('./TemplateEditor.js');
    } catch (error) {
      if (navigator.onLine) throw error;
      await new Promise((done) => window.addEventListener('online', done, { once: true }));
    }
  }
}
