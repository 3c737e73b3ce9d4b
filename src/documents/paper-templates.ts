import Handlebars from "handlebars";
import { IlmoError } from "../errors.ts";

/** Sources of the templates, as they lie in `templates/`. */
export interface TemplateSources {
  readonly invitation: string;
  readonly roster: string;
  readonly completionRequest: string;
  /** Partial name -> source. */
  readonly partials: Readonly<Record<string, string>>;
}

export type TemplateName = "invitation" | "roster" | "completionRequest";

/** Compiled templates: a value that a template names and the view lacks is an error, never an empty place. */
export type Templates = Readonly<Record<TemplateName, (view: object) => string>>;

/** Marks a string as HTML that is already safe to print. */
export function safe(html: string): Handlebars.SafeString {
  return new Handlebars.SafeString(html);
}

const COMPILE = { strict: true, knownHelpersOnly: true, explicitPartialContext: true } as const;

/** Compiles the templates once. */
export function compileTemplates(sources: TemplateSources): Templates {
  const engine = Handlebars.create();
  for (const [name, source] of Object.entries(sources.partials)) engine.registerPartial(name, engine.compile(source, COMPILE));
  const compile = (name: TemplateName) => {
    const template = engine.compile<object>(sources[name], COMPILE);
    return (view: object): string => {
      try {
        return template(view);
      } catch (cause) {
        throw new IlmoError("textMissing", "Expected every value that a template names. Compare the template with its view.", {
          cause,
          context: { template: name },
        });
      }
    };
  };
  return { invitation: compile("invitation"), roster: compile("roster"), completionRequest: compile("completionRequest") };
}
