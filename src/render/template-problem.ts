// A mistake in a template, with its place; who is to blame (us or the user's overlay) is decided by the renderer.

export interface TemplatePlace {
  /** From 1; null when the engine does not tell. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
}

/** Thrown inside `render/` only; the renderer turns it into what the caller sees. */
export class TemplateProblem extends Error {
  override readonly name = 'TemplateProblem';
  readonly template: string;
  readonly place: TemplatePlace;
  readonly remedy: string;

  constructor(
    template: string,
    place: TemplatePlace,
    text: { readonly message: string; readonly remedy: string },
  ) {
    super(text.message);
    this.template = template;
    this.place = place;
    this.remedy = text.remedy;
  }
}
