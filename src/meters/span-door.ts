import { type Attributes, type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';

/** A delivery or a call of the API while it is not answered. Its span is made when something belongs to it: most deliveries are receipts. */
export class OpenDoor {
  readonly #began = performance.now();
  #isOpen = true;
  #span: Span | undefined;

  constructor(
    readonly tracer: Tracer,
    readonly what: { readonly name: string; readonly attributes: Attributes; readonly parent: Context | undefined },
  ) {}

  /** For what comes in by it; undefined once it is closed: what happens then belongs to somebody else. */
  context(): Context | undefined {
    return this.#isOpen ? trace.setSpan(ROOT_CONTEXT, this.#begun()) : undefined;
  }

  close(status: number, route?: string): void {
    this.#isOpen = false;
    // A caller who traces is shown the call in any case, but nobody without a key has a word here.
    if (this.what.parent && status !== 401 && status !== 403) this.#begun();
    const span = this.#span;
    if (!span) return;
    span.setAttribute('http.response.status_code', status);
    if (route !== undefined && route !== '') span.updateName(`${this.what.name} ${route}`).setAttribute('http.route', route);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  #begun(): Span {
    const { name, attributes, parent = ROOT_CONTEXT } = this.what;
    this.#span ??= this.tracer.startSpan(name, { kind: SpanKind.SERVER, startTime: this.#began, attributes }, parent);
    return this.#span;
  }
}
