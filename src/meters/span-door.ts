import { type Attributes, type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';

/** A webhook or an API call that is not answered yet. Its span begins with the first turn in it: most webhooks are receipts and have none. */
export class OpenDoor {
  readonly #began = performance.now();
  #isOpen = true;
  #span: Span | undefined;

  constructor(
    readonly tracer: Tracer,
    readonly what: { readonly name: string; readonly attributes: Attributes; readonly parent: Context | undefined },
  ) {}

  /** Returns the context for its turns. Undefined once it is answered: what happens later does not belong to it. */
  context(): Context | undefined {
    return this.#isOpen ? trace.setSpan(ROOT_CONTEXT, this.#begin()) : undefined;
  }

  close(status: number, route?: string): void {
    this.#isOpen = false;
    // A caller who traces sees the call in any case, but only with a valid key.
    if (this.what.parent && status !== 401 && status !== 403) this.#begin();
    const span = this.#span;
    if (!span) return;
    span.setAttribute('http.response.status_code', status);
    if (route !== undefined && route !== '') span.updateName(`${this.what.name} ${route}`).setAttribute('http.route', route);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  #begin(): Span {
    const { name, attributes, parent = ROOT_CONTEXT } = this.what;
    this.#span ??= this.tracer.startSpan(name, { kind: SpanKind.SERVER, startTime: this.#began, attributes }, parent);
    return this.#span;
  }
}
